using VaultGrid.Crypto.Native;
using Lib = VaultGrid.Crypto.Native.Secp256k1;

namespace VaultGrid.Crypto;

/// <summary>A point of secp256k1 (SEC 2), on the curve and not at infinity. Two are equal when their points are.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>Bytes of the compressed form (SEC 1, 2.3.3).</summary>
    public const int CompressedLength = 33;

    /// <summary>Bytes of the uncompressed form.</summary>
    public const int UncompressedLength = 65;

    private readonly byte[] _point;
    private readonly byte[] _compressed = new byte[CompressedLength];

    /// <summary>Owns the library's own form of a point, which the caller has checked.</summary>
    internal PublicKey(byte[] point)
    {
        _point = point;
        Serialize(_compressed, Lib.Compressed);
    }

    /// <summary>The library's own form, for imports.</summary>
    internal ReadOnlySpan<byte> Point => _point;

    /// <summary>The compressed form: 0x02 or 0x03, then x; 33 bytes.</summary>
    public ReadOnlySpan<byte> Compressed => _compressed;

    /// <summary>Reads the compressed form. Nothing else is one: a value has one encoding.</summary>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<PublicKey> Parse(ReadOnlySpan<byte> compressed) =>
        compressed.Length == CompressedLength && compressed[0] is 0x02 or 0x03
            ? Read(compressed)
            : new Refusal(RefusalCode.InputMalformed, "a public key has 33 bytes and starts with 02 or 03");

    /// <summary>Reads the uncompressed form, as it comes from outside (certificates, test vectors): 0x04, x, y.</summary>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<PublicKey> ParseUncompressed(ReadOnlySpan<byte> uncompressed) =>
        uncompressed.Length == UncompressedLength && uncompressed[0] == 0x04
            ? Read(uncompressed)
            : new Refusal(RefusalCode.InputMalformed, "an uncompressed public key has 65 bytes and starts with 04");

    /// <summary>The sum of points.</summary>
    /// <returns>The sum, or a refusal if it is the point at infinity.</returns>
    public static unsafe Outcome<PublicKey> Sum(IReadOnlyList<PublicKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfZero(keys.Count, nameof(keys));

        // The library wants an array of pointers: the points are laid out in one pinned buffer.
        var points = new byte[keys.Count * Lib.PublicKeySize];
        for (var i = 0; i < keys.Count; i++) keys[i]._point.CopyTo(points, i * Lib.PublicKeySize);
        var sum = new byte[Lib.PublicKeySize];
        fixed (byte* first = points)
        {
            var addresses = new nint[keys.Count];
            for (var i = 0; i < keys.Count; i++) addresses[i] = (nint)(first + (i * Lib.PublicKeySize));
            return Lib.PublicKeyCombine(Secp256k1Context.Shared, sum, addresses, (nuint)addresses.Length) == 1
                ? new PublicKey(sum)
                : new Refusal(RefusalCode.InputMalformed, "the points add up to the point at infinity");
        }
    }

    /// <summary>The uncompressed form: 0x04, x, y; 65 bytes.</summary>
    public byte[] ToUncompressed()
    {
        var bytes = new byte[UncompressedLength];
        Serialize(bytes, Lib.Uncompressed);
        return bytes;
    }

    /// <summary>This point plus <paramref name="tweak"/>·G.</summary>
    /// <param name="tweak">32 bytes, a public number below the order.</param>
    /// <returns>The sum, or a refusal if the number is not below the order or the sum is the point at infinity.</returns>
    public Outcome<PublicKey> TweakAdd(ReadOnlySpan<byte> tweak)
    {
        Scalars.RequireLength(tweak);
        var sum = _point.AsSpan().ToArray();
        return Lib.PublicKeyTweakAdd(Secp256k1Context.Shared, sum, tweak) == 1
            ? new PublicKey(sum)
            : new Refusal(RefusalCode.InputMalformed, "the tweak is not below the group order, or leads to the point at infinity");
    }

    /// <summary>This point times a public number; the time taken depends on the number.</summary>
    /// <param name="scalar">32 bytes, from 1 to the order less 1.</param>
    public Outcome<PublicKey> MultiplyVarTime(ReadOnlySpan<byte> scalar)
    {
        Scalars.RequireLength(scalar);
        var product = _point.AsSpan().ToArray();
        return Lib.PublicKeyTweakMultiplyVarTime(Secp256k1Context.Shared, product, scalar) == 1
            ? new PublicKey(product)
            : new Refusal(RefusalCode.InputMalformed, "the scalar is zero or not below the group order");
    }

    /// <summary>The point with the other y.</summary>
    public PublicKey Negate()
    {
        var negated = _point.AsSpan().ToArray();
        var code = Lib.PublicKeyNegate(Secp256k1Context.Shared, negated);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ec_pubkey_negate");
        return new PublicKey(negated);
    }

    /// <summary>The key as BIP-340 sees it, x only.</summary>
    public XOnlyPublicKey ToXOnly() => XOnlyPublicKey.Of(this);

    /// <summary>True if the signature is one of this key over the digest and its s is low.</summary>
    /// <param name="digest">32 bytes.</param>
    /// <param name="signature">Any ECDSA signature; its recovery id plays no part.</param>
    public bool Verify(ReadOnlySpan<byte> digest, EcdsaSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        Digests.RequireLength(digest);
        Span<byte> parsed = stackalloc byte[Lib.SignatureSize];
        return Lib.SignatureParseCompact(Secp256k1Context.Shared, parsed, signature.Compact) == 1
            && Lib.Verify(Secp256k1Context.Shared, parsed, digest, _point) == 1;
    }

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && PublicBytes.Equal(_compressed, other._compressed);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_compressed, 1);

    /// <summary>The compressed form as hex with 0x.</summary>
    public override string ToString() => Hex.Encode(_compressed);

    private static Outcome<PublicKey> Read(ReadOnlySpan<byte> encoded)
    {
        var point = new byte[Lib.PublicKeySize];
        return Lib.PublicKeyParse(Secp256k1Context.Shared, point, encoded, (nuint)encoded.Length) == 1
            ? new PublicKey(point)
            : new Refusal(RefusalCode.InputMalformed, "the public key is not a point of secp256k1");
    }

    private void Serialize(Span<byte> output, uint flags)
    {
        var length = (nuint)output.Length;
        var code = Lib.PublicKeySerialize(Secp256k1Context.Shared, output, ref length, _point, flags);
        NativeCallException.ThrowUnless(code == 1 && length == (nuint)output.Length, code, "secp256k1_ec_pubkey_serialize");
    }
}
