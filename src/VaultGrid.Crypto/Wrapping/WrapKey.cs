using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>An HSM's wrap key for one chain of Trusts: opens the tokens that are encrypted to it. Lives in the enclave alone.</summary>
[DebuggerDisplay("WrapKey(redacted)")]
public sealed class WrapKey : IDisposable
{
    private static readonly Refusal Unopened =
        new(RefusalCode.DomainInvalid, "the token doesn't open: it was changed, or it is for another HSM, Domain or Trust");

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly P256AgreementKey? _p256;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly RsaOaepPrivateKey? _rsa;

    private WrapKey(P256AgreementKey? p256, RsaOaepPrivateKey? rsa)
    {
        (_p256, _rsa) = (p256, rsa);
        if (p256 is not null)
        {
            Public = WrapPublicKey.Parse(WrapKeyKind.P256, p256.PublicKey.ToSubjectPublicKeyInfo()).Value;
            return;
        }

        using var publicKey = rsa!.ToPublic();
        Public = WrapPublicKey.Parse(WrapKeyKind.Rsa3072, publicKey.ToSubjectPublicKeyInfo()).Value;
    }

    /// <summary>What tokens are encrypted to.</summary>
    public WrapPublicKey Public { get; }

    /// <summary>Draws a key; RSA takes a second or so.</summary>
    public static WrapKey Generate(WrapKeyKind kind) => kind switch
    {
        WrapKeyKind.P256 => new WrapKey(P256AgreementKey.Generate(), null),
        WrapKeyKind.Rsa3072 => new WrapKey(null, RsaOaepPrivateKey.Generate()),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of wrap key."),
    };

    /// <summary>Loads a stored key.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="stored">What <see cref="Export"/> gave; stays the caller's.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/> or <see cref="RefusalCode.InputUnsupported"/>.</returns>
    public static Outcome<WrapKey> Import(WrapKeyKind kind, SecretBytes stored) => kind switch
    {
        WrapKeyKind.P256 => P256AgreementKey.Import(stored).Then<WrapKey>(key => new WrapKey(key, null)),
        WrapKeyKind.Rsa3072 => RsaOaepPrivateKey.Import(stored).Then<WrapKey>(key => new WrapKey(null, key)),
        _ => new Refusal(RefusalCode.InputUnsupported, "the wrap key's kind is unknown to this version"),
    };

    /// <summary>The private key, to be stored sealed: a scalar of 32 bytes, or PrivateKeyInfo in DER.</summary>
    public SecretBytes Export() => _p256?.Export() ?? _rsa!.Export();

    /// <summary>Opens a token.</summary>
    /// <param name="token">What <see cref="WrapPublicKey.Wrap"/> gave.</param>
    /// <param name="context">As it was wrapped with.</param>
    /// <returns>The key, 32 bytes, or <see cref="RefusalCode.DomainInvalid"/>: one answer for every cause.</returns>
    public Outcome<SecretBytes> Unwrap(ReadOnlySpan<byte> token, ReadOnlySpan<byte> context)
    {
        if (_p256 is not null) return SealedBox.Open(_p256, context, [], token).Is(out var key, out _) ? Checked(key) : Unopened;
        if (!_rsa!.Decrypt(token).Is(out var together, out _)) return Unopened;
        using (together)
        {
            var fits = together.Length == 2 * Aes256Gcm.KeyLength
                && CryptographicOperations.FixedTimeEquals(together.Span[Aes256Gcm.KeyLength..], SHA256.HashData(context));
            return fits ? together.Slice(0, Aes256Gcm.KeyLength) : Unopened;
        }
    }

    /// <summary>Releases the key; the platform wipes it.</summary>
    public void Dispose()
    {
        _p256?.Dispose();
        _rsa?.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "WrapKey(redacted)";

    private static Outcome<SecretBytes> Checked(SecretBytes key)
    {
        if (key.Length == Aes256Gcm.KeyLength) return key;
        key.Dispose();
        return Unopened;
    }
}
