using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.HashToCurve;

/// <summary>secp256k1_XMD:SHA-256_SSWU_RO_ (RFC 9380, 8.7): a point of secp256k1 that nobody knows the logarithm of.</summary>
public static class Secp256k1Suite
{
    private const int FieldBytes = 48;

    /// <summary>Hashes a message to the curve. The field part takes a time that does not depend on the message's content.</summary>
    /// <param name="message">Any length.</param>
    /// <param name="tag">The domain separation tag, at least one byte, unique to the use.</param>
    /// <returns>A uniformly distributed point.</returns>
    public static PublicKey Hash(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag)
    {
        // hash_to_field (5.2) with m = 1, L = 48, count = 2
        Span<byte> uniform = stackalloc byte[2 * FieldBytes];
        ExpandMessage.Xmd(message, tag, uniform);
        var q0 = MapToCurve(Residue<Secp256k1Modulus>.Reduce(uniform[..FieldBytes]));
        var q1 = MapToCurve(Residue<Secp256k1Modulus>.Reduce(uniform[FieldBytes..]));
        uniform.Clear();

        // The cofactor is one. That a point, or the sum, is infinity has a chance of about 2^-255: no message is known that does it.
        return PublicKey.Sum([q0, q1]).Value;
    }

    internal static PublicKey MapToCurve(in Residue<Secp256k1Modulus> u)
    {
        SimplifiedSwu.Map<Residue<Secp256k1Modulus>, Constants>(u, out var n, out var d, out var y);
        Secp256k1Isogeny.Map.Map(n, d, y, out var imageX, out var imageY, out var imageZ);
        var inverse = Residue<Secp256k1Modulus>.Invert(imageZ);
        Span<byte> encoded = stackalloc byte[PublicKey.UncompressedLength];
        encoded[0] = 0x04;
        (imageX * inverse).Write(encoded[1..33]);
        (imageY * inverse).Write(encoded[33..]);
        return PublicKey.ParseUncompressed(encoded).Value;
    }

    private readonly struct Constants : ISwuSuite<Residue<Secp256k1Modulus>>
    {
        // (p - 3)/4; p = 3 mod 4
        private static readonly byte[] RootExponent = Convert.FromHexString("3fffffffffffffffffffffffffffffffffffffffffffffffffffffffbfffff0b");

        private static readonly Residue<Secp256k1Modulus> RootOfMinusZ = Power(-Z) * -Z;

        public static Residue<Secp256k1Modulus> A => Residue<Secp256k1Modulus>.From("3f8731abdd661adca08a5558f0f5d272e953d363cb6f0e5d405447c01a444533");

        public static Residue<Secp256k1Modulus> B => Residue<Secp256k1Modulus>.From(1771);

        public static Residue<Secp256k1Modulus> Z => -Residue<Secp256k1Modulus>.From(11);

        public static ulong SqrtRatio(in Residue<Secp256k1Modulus> u, in Residue<Secp256k1Modulus> v, out Residue<Secp256k1Modulus> root) =>
            HashToCurve.SqrtRatio.Compute(u, v, Power, RootOfMinusZ, out root);

        private static Residue<Secp256k1Modulus> Power(in Residue<Secp256k1Modulus> a) => Residue<Secp256k1Modulus>.Power(a, RootExponent);
    }
}
