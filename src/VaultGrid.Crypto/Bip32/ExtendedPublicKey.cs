using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace VaultGrid.Crypto;

/// <summary>A BIP-32 extended public key: derives the public keys below it, hardened ones excepted.</summary>
public sealed class ExtendedPublicKey : IEquatable<ExtendedPublicKey>
{
    private readonly ExtendedKeyHeader _header;
    private readonly byte[] _chainCode;

    internal ExtendedPublicKey(PublicKey key, byte[] chainCode, ExtendedKeyHeader header) =>
        (PublicKey, _chainCode, _header) = (key, chainCode, header);

    /// <summary>The key itself.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The chain code: 32 bytes. Public, but whoever has it and a child's private key has this key's private key.</summary>
    public ReadOnlySpan<byte> ChainCode => _chainCode;

    /// <summary>Steps from the master key.</summary>
    public int Depth => _header.Depth;

    /// <summary>The last step, with <see cref="DerivationPath.Hardened"/> added if hardened; 0 for a master key.</summary>
    public uint ChildNumber => _header.ChildNumber;

    /// <summary>The parent's fingerprint; 0 for a master key.</summary>
    public uint ParentFingerprint => _header.ParentFingerprint;

    /// <summary>First 4 bytes of HASH160 of the compressed key, big-endian: a hint, not an identity.</summary>
    public uint Fingerprint => ExtendedKeyHeader.Fingerprint(PublicKey);

    /// <summary>Reads the text form, <c>xpub…</c>.</summary>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<ExtendedPublicKey> Parse(string? text)
    {
        Span<byte> payload = stackalloc byte[ExtendedKeyText.PayloadLength];
        if (text is null || text.Length != ExtendedKeyText.Length || !Ascii.IsValid(text)
            || !ExtendedKeyText.TryDecode(Encoding.ASCII.GetBytes(text), payload))
            return Malformed("Base58 text or checksum is wrong");
        return FromBytes(payload);
    }

    /// <summary>Reads the serialization (BIP-32) without checksum and Base58, with the version of the main network.</summary>
    /// <param name="payload">78 bytes.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<ExtendedPublicKey> FromBytes(ReadOnlySpan<byte> payload)
    {
        if (payload.Length != ExtendedKeyText.PayloadLength)
            return Malformed($"its serialization has {ExtendedKeyText.PayloadLength} bytes");
        if (ExtendedKeyText.Version(payload) != ExtendedKeyText.PublicVersion)
            return Malformed("it does not start with xpub");

        var header = ExtendedKeyText.Header(payload);
        if (!header.IsConsistent) return Malformed("a master key has neither parent nor number");
        if (!PublicKey.Parse(ExtendedKeyText.KeyBytes(payload)).Is(out var key, out var refusal)) return refusal;
        return new ExtendedPublicKey(key, ExtendedKeyText.ChainCode(payload).ToArray(), header);
    }

    /// <summary>CKDpub: the child with a number.</summary>
    /// <param name="step">Not hardened.</param>
    /// <returns>The child, or <see cref="RefusalCode.InputUnsupported"/>: hardened, deeper than 255, or (1 in 2^127) no such child.</returns>
    public Outcome<ExtendedPublicKey> Derive(uint step)
    {
        if (DerivationPath.IsHardened(step))
            return new Refusal(RefusalCode.InputUnsupported, "a hardened child can't be derived from a public key");
        if (Depth == byte.MaxValue)
            return new Refusal(RefusalCode.InputUnsupported, "a key of depth 255 has no children");

        Span<byte> data = stackalloc byte[PublicKey.CompressedLength + sizeof(uint)];
        PublicKey.Compressed.CopyTo(data);
        BinaryPrimitives.WriteUInt32BigEndian(data[PublicKey.CompressedLength..], step);

        Span<byte> i = stackalloc byte[HMACSHA512.HashSizeInBytes];
        HMACSHA512.HashData(_chainCode, data, i);

        // I_L not below the order, or the sum at infinity: "the resulting key is invalid, and one should proceed with the next value for i".
        if (!PublicKey.TweakAdd(i[..32]).Is(out var child, out _))
            return new Refusal(RefusalCode.InputUnsupported, $"there is no child {step}; take the next number");
        return new ExtendedPublicKey(child, i[32..].ToArray(), new((byte)(Depth + 1), Fingerprint, step));
    }

    /// <summary>Derives step by step.</summary>
    /// <param name="steps">From this key down; none hardened.</param>
    public Outcome<ExtendedPublicKey> Derive(params ReadOnlySpan<uint> steps)
    {
        var key = this;
        foreach (var step in steps)
            if (!key.Derive(step).Is(out key, out var refusal))
                return refusal;
        return key;
    }

    /// <summary>The serialization (BIP-32) without checksum and Base58: 78 bytes.</summary>
    public byte[] ToBytes()
    {
        var payload = new byte[ExtendedKeyText.PayloadLength];
        ExtendedKeyText.Write(payload, ExtendedKeyText.PublicVersion, _header, _chainCode);
        PublicKey.Compressed.CopyTo(payload.AsSpan(45));
        return payload;
    }

    /// <inheritdoc/>
    public bool Equals(ExtendedPublicKey? other) =>
        other is not null && _header == other._header && PublicKey.Equals(other.PublicKey) && PublicBytes.Equal(_chainCode, other._chainCode);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExtendedPublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => PublicKey.GetHashCode();

    /// <summary>The text form, <c>xpub…</c>, 111 characters.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[ExtendedKeyText.Length];
        ExtendedKeyText.Encode(ToBytes(), text);
        return Encoding.ASCII.GetString(text);
    }

    private static Refusal Malformed(string why) => new(RefusalCode.InputMalformed, $"this is not an extended public key: {why}");
}
