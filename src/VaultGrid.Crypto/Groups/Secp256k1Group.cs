using VaultGrid.Crypto.Native;
using Lib = VaultGrid.Crypto.Native.Secp256k1;

namespace VaultGrid.Crypto.Groups;

/// <summary>secp256k1 of libsecp256k1. Points are kept in its own form.</summary>
internal sealed class Secp256k1Group : PrimeGroup
{
    private Secp256k1Group()
        : base("secp256k1", PublicKey.CompressedLength, Convert.FromHexString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"), littleEndian: false)
    {
    }

    public static Secp256k1Group Instance { get; } = new();

    internal override byte[] GeneratorPoint()
    {
        using var one = SecretBytes.Take(One.Bytes.ToArray());
        return MultiplyGenerator(one)!;
    }

    internal override byte[]? DecodePoint(ReadOnlySpan<byte> encoded)
    {
        var point = new byte[Lib.PublicKeySize];
        return encoded[0] is 0x02 or 0x03 && Lib.PublicKeyParse(Secp256k1Context.Shared, point, encoded, (nuint)encoded.Length) == 1 ? point : null;
    }

    internal override byte[] Encode(byte[] point)
    {
        var encoded = new byte[PublicKey.CompressedLength];
        var length = (nuint)encoded.Length;
        var code = Lib.PublicKeySerialize(Secp256k1Context.Shared, encoded, ref length, point, Lib.Compressed);
        NativeCallException.ThrowUnless(code == 1 && length == (nuint)encoded.Length, code, "secp256k1_ec_pubkey_serialize");
        return encoded;
    }

    internal override unsafe byte[]? SumPoints(IReadOnlyList<byte[]> points)
    {
        // The library wants an array of pointers: the points are laid out in one pinned buffer.
        var laidOut = new byte[points.Count * Lib.PublicKeySize];
        for (var i = 0; i < points.Count; i++) points[i].CopyTo(laidOut, i * Lib.PublicKeySize);
        var sum = new byte[Lib.PublicKeySize];
        fixed (byte* first = laidOut)
        {
            Span<nint> addresses = new nint[points.Count];
            for (var i = 0; i < points.Count; i++) addresses[i] = (nint)(first + (i * Lib.PublicKeySize));
            return Lib.PublicKeyCombine(Secp256k1Context.Shared, sum, addresses, (nuint)points.Count) == 1 ? sum : null;
        }
    }

    internal override byte[] NegatePoint(byte[] point)
    {
        var negated = point.AsSpan().ToArray();
        var code = Lib.PublicKeyNegate(Secp256k1Context.Shared, negated);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ec_pubkey_negate");
        return negated;
    }

    // The scalar is below the order (SecretScalar), so the one reason to fail is 0.
    internal override byte[]? MultiplyGenerator(SecretBytes scalar)
    {
        var point = new byte[Lib.PublicKeySize];
        return Lib.PublicKeyCreate(Secp256k1Context.Shared, point, scalar.Handle) == 1 ? point : null;
    }

    // The library's only constant-time multiplication of a given point is that of ECDH; its hash function hands us the product itself.
    internal override unsafe byte[]? MultiplyPoint(byte[] point, SecretBytes scalar)
    {
        using var product = new SecretBytes(PublicKey.UncompressedLength);
        if (Lib.Ecdh(Secp256k1Context.Shared, product.Handle, point, scalar.Handle, Lib.Point, 0) != 1) return null;
        var result = new byte[Lib.PublicKeySize];
        var code = Lib.PublicKeyParse(Secp256k1Context.Shared, result, product.Span, PublicKey.UncompressedLength);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ec_pubkey_parse");
        return result;
    }

    internal override byte[]? MultiplyGeneratorVarTime(ReadOnlySpan<byte> scalar)
    {
        using var copy = SecretBytes.Take(scalar.ToArray());
        return MultiplyGenerator(copy);
    }

    internal override byte[]? MultiplyPointVarTime(byte[] point, ReadOnlySpan<byte> scalar)
    {
        var product = point.AsSpan().ToArray();
        var code = Lib.PublicKeyTweakMultiplyVarTime(Secp256k1Context.Shared, product, scalar);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ec_pubkey_tweak_mul");
        return product;
    }

    // The library sums two products in one pass where it recovers a key (SEC 1, 4.1.6): of a point R with x = r that is r^-1·(s·R − m·G). With R = point, s = b·r and m = −a·r it is
    // what is wanted.
    internal override byte[]? CombinePointsVarTime(PublicScalar a, byte[] point, PublicScalar b)
    {
        var encoded = Encode(point);
        if (!DecodeScalar(encoded.AsSpan(1)).Is(out var r, out _)) return base.CombinePointsVarTime(a, point, b); // x is not below the order: one in 2^127
        var (compact, signature, sum) = (new byte[2 * ScalarLength], new byte[Lib.RecoverableSignatureSize], new byte[Lib.PublicKeySize]);
        r.Bytes.CopyTo(compact);
        (b * r).Bytes.CopyTo(compact.AsSpan(ScalarLength));
        var code = Lib.RecoverableParseCompact(Secp256k1Context.Shared, signature, compact, encoded[0] & 1);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ecdsa_recoverable_signature_parse_compact");
        return Lib.Recover(Secp256k1Context.Shared, sum, signature, (-(a * r)).Bytes) == 1 ? sum : null;
    }
}
