using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>A BIP-32 extended private key. Key and chain code, and all that is computed from them, stay in locked memory.</summary>
[DebuggerDisplay("ExtendedPrivateKey(redacted)")]
public sealed class ExtendedPrivateKey : IDisposable
{
    /// <summary>Bytes of the text form.</summary>
    public const int TextLength = ExtendedKeyText.Length;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretBytes _chainCode;

    private readonly ExtendedKeyHeader _header;

    // Public, and asked for by each child: computed once, from then on not negative.
    private long _fingerprint = -1;

    private ExtendedPrivateKey(PrivateKey key, SecretBytes chainCode, ExtendedKeyHeader header) =>
        (PrivateKey, _chainCode, _header) = (key, chainCode, header);

    /// <summary>The key itself; it belongs to this object and is disposed of with it.</summary>
    public PrivateKey PrivateKey { get; }

    /// <summary>Its public key.</summary>
    public PublicKey PublicKey => PrivateKey.PublicKey;

    /// <summary>Steps from the master key.</summary>
    public int Depth => _header.Depth;

    /// <summary>First 4 bytes of HASH160 of the compressed public key, big-endian: a hint, not an identity.</summary>
    public uint Fingerprint
    {
        get
        {
            var known = Volatile.Read(ref _fingerprint);
            if (known < 0) Volatile.Write(ref _fingerprint, known = ExtendedKeyHeader.Fingerprint(PublicKey));
            return (uint)known;
        }
    }

    /// <summary>Master key generation.</summary>
    /// <param name="seed">16 to 64 bytes.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>: wrong length, or (1 in 2^127) an unusable seed.</returns>
    public static Outcome<ExtendedPrivateKey> FromSeed(SecretBytes seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        if (seed.Length is < 16 or > 64)
            return new Refusal(RefusalCode.InputMalformed, "a seed has 16 to 64 bytes");

        using var i = new SecretBytes(HMACSHA512.HashSizeInBytes);
        HMACSHA512.HashData("Bitcoin seed"u8, seed.Span, i.Span);
        GC.KeepAlive(seed);
        if (!PrivateKey.From(i.Slice(0, 32)).Is(out var key, out _))
            return new Refusal(RefusalCode.InputMalformed, "this seed leads to no key; take another");
        return new ExtendedPrivateKey(key, i.Slice(32, 32), default);
    }

    /// <summary>Reads the text form, <c>xprv…</c>, for imports and test vectors.</summary>
    /// <param name="text">ASCII; the caller wipes it.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<ExtendedPrivateKey> ParseVarTime(ReadOnlySpan<byte> text)
    {
        using var payload = new SecretBytes(ExtendedKeyText.PayloadLength);
        if (!ExtendedKeyText.TryDecode(text, payload.Span))
            return Malformed("Base58 text or checksum is wrong");
        if (ExtendedKeyText.Version(payload.Span) != ExtendedKeyText.PrivateVersion)
            return Malformed("it does not start with xprv");

        var header = ExtendedKeyText.Header(payload.Span);
        if (!header.IsConsistent) return Malformed("a master key has neither parent nor number");
        if (ExtendedKeyText.KeyBytes(payload.Span)[0] != 0) return Malformed("the key's first byte is not zero");
        if (!PrivateKey.From(payload.Slice(46, 32)).Is(out var key, out var refusal)) return refusal;
        return new ExtendedPrivateKey(key, payload.Slice(13, 32), header);
    }

    /// <summary>Writes the text form, <c>xprv…</c>, into a caller's buffer of 111 bytes, which the caller wipes.</summary>
    public void WriteTextVarTime(Span<byte> text)
    {
        if (text.Length != TextLength) throw new ArgumentException($"The text has {TextLength} bytes.", nameof(text));
        using var payload = new SecretBytes(ExtendedKeyText.PayloadLength);
        ExtendedKeyText.Write(payload.Span, ExtendedKeyText.PrivateVersion, _header, _chainCode.Span);
        PrivateKey.CopyTo(payload.Span[46..]);
        ExtendedKeyText.Encode(payload.Span, text);
        GC.KeepAlive(this);
    }

    /// <summary>CKDpriv: the child with a number.</summary>
    /// <param name="step">With <see cref="DerivationPath.Hardened"/> added for a hardened child.</param>
    /// <returns>The child, or <see cref="RefusalCode.InputUnsupported"/>: deeper than 255, or (1 in 2^127) no such child.</returns>
    public Outcome<ExtendedPrivateKey> Derive(uint step)
    {
        if (Depth == byte.MaxValue)
            return new Refusal(RefusalCode.InputUnsupported, "a key of depth 255 has no children");

        // "If so (hardened child): data = 0x00 ‖ ser256(k_par) ‖ ser32(i); if not: data = serP(point(k_par)) ‖ ser32(i)". Both are 37 bytes.
        using var data = new SecretBytes(PublicKey.CompressedLength + sizeof(uint));
        if (DerivationPath.IsHardened(step)) PrivateKey.CopyTo(data.Span.Slice(1, PrivateKey.Length));
        else PublicKey.Compressed.CopyTo(data.Span);
        BinaryPrimitives.WriteUInt32BigEndian(data.Span[PublicKey.CompressedLength..], step);

        using var i = new SecretBytes(HMACSHA512.HashSizeInBytes);
        HMACSHA512.HashData(_chainCode.Span, data.Span, i.Span);

        // "In case parse256(I_L) ≥ n or k_i = 0, the resulting key is invalid, and one should proceed with the next value for i."
        if (!PrivateKey.TweakAdd(i.Span[..32]).Is(out var child, out _))
            return new Refusal(RefusalCode.InputUnsupported, $"there is no child {step}; take the next number");
        GC.KeepAlive(this);
        return new ExtendedPrivateKey(child, i.Slice(32, 32), new((byte)(Depth + 1), Fingerprint, step));
    }

    /// <summary>Derives step by step, and wipes the keys in between.</summary>
    /// <param name="steps">From this key down; none gives a copy of it.</param>
    public Outcome<ExtendedPrivateKey> Derive(params ReadOnlySpan<uint> steps)
    {
        var key = new ExtendedPrivateKey(PrivateKey.Clone(), _chainCode.Clone(), _header);
        foreach (var step in steps)
        {
            using var parent = key;
            if (!parent.Derive(step).Is(out key, out var refusal)) return refusal;
        }
        return key;
    }

    /// <summary>Derives along a path, which starts at this key.</summary>
    public Outcome<ExtendedPrivateKey> Derive(DerivationPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Derive(path.Steps);
    }

    /// <summary>The public half (N in BIP-32).</summary>
    public ExtendedPublicKey ToPublic()
    {
        var chainCode = new byte[32];
        _chainCode.CopyTo(chainCode);
        return new ExtendedPublicKey(PublicKey, chainCode, _header);
    }

    /// <summary>Wipes key and chain code.</summary>
    public void Dispose()
    {
        PrivateKey.Dispose();
        _chainCode.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "ExtendedPrivateKey(redacted)";

    private static Refusal Malformed(string why) => new(RefusalCode.InputMalformed, $"this is not an extended private key: {why}");
}
