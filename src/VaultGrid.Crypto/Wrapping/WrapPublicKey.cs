using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>The public half of an HSM's wrap key: encrypts a Domain's wrapping key to it, as a token that only this context opens.</summary>
public sealed class WrapPublicKey : IEquatable<WrapPublicKey>
{
    /// <summary>The longest SubjectPublicKeyInfo and the longest token, in bytes.</summary>
    public const int SpkiLimit = 512, TokenLimit = 512;

    // 384 bytes of modulus less what OAEP with SHA-256 takes: no other size of modulus leaves this.
    private const int RoomOf3072Bits = 318;

    private readonly byte[] _spki;
    private readonly P256PublicKey? _p256;
    private readonly RsaOaepPublicKey? _rsa;

    private WrapPublicKey(WrapKeyKind kind, byte[] spki, P256PublicKey? p256, RsaOaepPublicKey? rsa)
    {
        (Kind, _spki, _p256, _rsa) = (kind, spki, p256, rsa);
        Hash = Hash256.Sha256(spki);
    }

    /// <summary>How tokens are encrypted.</summary>
    public WrapKeyKind Kind { get; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public ReadOnlyMemory<byte> Spki => _spki;

    /// <summary>SHA-256 of <see cref="Spki"/>: what tokens and retirements name the key by.</summary>
    public Hash256 Hash { get; }

    /// <summary>Reads a key in its one DER encoding.</summary>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/> or <see cref="RefusalCode.InputUnsupported"/>.</returns>
    public static Outcome<WrapPublicKey> Parse(WrapKeyKind kind, ReadOnlySpan<byte> spki)
    {
        if (spki.Length > SpkiLimit) return new Refusal(RefusalCode.InputMalformed, $"a wrap key has at most {SpkiLimit} bytes");
        switch (kind)
        {
            case WrapKeyKind.P256:
                return P256PublicKey.ParseSubjectPublicKeyInfo(spki).Is(out var p256, out var refusal)
                    ? new WrapPublicKey(kind, spki.ToArray(), p256, null)
                    : refusal;
            case WrapKeyKind.Rsa3072:
                if (!RsaOaepPublicKey.ParseSubjectPublicKeyInfo(spki).Is(out var rsa, out refusal)) return refusal;
                if (rsa.MaximumPlaintext == RoomOf3072Bits && PublicBytes.Equal(rsa.ToSubjectPublicKeyInfo(), spki))
                    return new WrapPublicKey(kind, spki.ToArray(), null, rsa);
                rsa.Dispose();
                return new Refusal(RefusalCode.InputUnsupported, "an RSA wrap key has 3072 bits and one encoding");
            default:
                return new Refusal(RefusalCode.InputUnsupported, "the wrap key's kind is unknown to this version");
        }
    }

    /// <summary>Encrypts a key to this one.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="context">What the token is for: it opens with the same bytes only.</param>
    public byte[] Wrap(SecretBytes key, ReadOnlySpan<byte> context)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length != Aes256Gcm.KeyLength) throw new ArgumentException($"A wrapped key has {Aes256Gcm.KeyLength} bytes.", nameof(key));
        if (_p256 is not null) return SealedBox.Seal(_p256, context, [], key);

        // OAEP here has no label, so the context's hash goes in beside the key.
        using var together = new SecretBuffer(2 * Aes256Gcm.KeyLength);
        together.Write(key);
        together.Write(SHA256.HashData(context));
        using var plaintext = together.ToSecret();
        return _rsa!.Encrypt(plaintext);
    }

    /// <inheritdoc/>
    public bool Equals(WrapPublicKey? other) => other is not null && Hash == other.Hash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WrapPublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode();
}
