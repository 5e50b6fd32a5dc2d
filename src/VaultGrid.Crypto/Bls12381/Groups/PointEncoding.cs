namespace VaultGrid.Crypto.Bls12381;

/// <summary>
/// The encodings of the ZCash protocol specification (5.4.9.2), also appendix C of draft-irtf-cfrg-pairing-friendly-curves: three flags in the top
/// bits of the first byte, then x, and y where it is not compressed. Points are public; a point has exactly one encoding of each kind.
/// </summary>
internal static class PointEncoding<TField, TCurve>
    where TField : unmanaged, ICoordinate<TField>
    where TCurve : struct, ICurve<TField>
{
    private const byte CompressedFlag = 0x80;
    private const byte InfinityFlag = 0x40;
    private const byte GreaterFlag = 0x20;
    private const byte Flags = CompressedFlag | InfinityFlag | GreaterFlag;

    /// <summary>Reads a point of the curve, which is yet to be found in the group. The answer is null, or what is wrong.</summary>
    public static string? Decompress(ReadOnlySpan<byte> bytes, out Projective<TField, TCurve> point)
    {
        point = Projective<TField, TCurve>.Infinity;
        if (bytes.Length != TField.ByteLength) return $"a compressed point has {TField.ByteLength} bytes, not {bytes.Length}";
        var flags = bytes[0] & Flags;
        if ((flags & CompressedFlag) == 0) return "the point is not marked as compressed";
        if ((flags & InfinityFlag) != 0)
            return flags == (CompressedFlag | InfinityFlag) && IsZeroBelowFlags(bytes) ? null : "the point at infinity carries more than its flag";

        if (!ReadBelowFlags(bytes, out var x)) return "the coordinate x is not below the modulus";
        var square = (TField.Square(x) * x) + TCurve.B;
        if (!TField.TryRoot(square, out var y)) return "no point of the curve has this x";
        var mayBeGreater = y.IsZeroMask == 0;
        var wantGreater = (flags & GreaterFlag) != 0;
        if (wantGreater && !mayBeGreater) return "the sign of zero is set";
        if ((y.IsGreaterMask != 0) != wantGreater) y = -y;
        point = new(x, y);
        return null;
    }

    /// <summary>Reads an uncompressed point of the curve, which is yet to be found in the group.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, out Projective<TField, TCurve> point)
    {
        point = Projective<TField, TCurve>.Infinity;
        if (bytes.Length != 2 * TField.ByteLength) return $"an uncompressed point has {2 * TField.ByteLength} bytes, not {bytes.Length}";
        var flags = bytes[0] & Flags;
        if (flags == InfinityFlag) return IsZeroBelowFlags(bytes) ? null : "the point at infinity carries more than its flag";
        if (flags != 0) return "an uncompressed point has flags it must not have";
        if (!ReadBelowFlags(bytes[..TField.ByteLength], out var x)) return "the coordinate x is not below the modulus";
        if (!TField.TryRead(bytes[TField.ByteLength..], out var y)) return "the coordinate y is not below the modulus";
        point = new(x, y);
        return point.IsOnCurve ? null : "the point is not on the curve";
    }

    public static byte[] Compress(in Projective<TField, TCurve> point)
    {
        var bytes = new byte[TField.ByteLength];
        bytes[0] = CompressedFlag | InfinityFlag;
        if (point.IsInfinity) return bytes;
        point.ToAffine(out var x, out var y);
        x.Write(bytes);
        bytes[0] |= CompressedFlag;
        if (y.IsGreaterMask != 0) bytes[0] |= GreaterFlag;
        return bytes;
    }

    public static byte[] Write(in Projective<TField, TCurve> point)
    {
        var bytes = new byte[2 * TField.ByteLength];
        bytes[0] = InfinityFlag;
        if (point.IsInfinity) return bytes;
        point.ToAffine(out var x, out var y);
        x.Write(bytes);
        y.Write(bytes.AsSpan(TField.ByteLength));
        return bytes;
    }

    private static bool IsZeroBelowFlags(ReadOnlySpan<byte> bytes) => (bytes[0] & ~Flags) == 0 && !bytes[1..].ContainsAnyExcept((byte)0);

    private static bool ReadBelowFlags(ReadOnlySpan<byte> bytes, out TField x)
    {
        Span<byte> plain = stackalloc byte[bytes.Length];
        bytes.CopyTo(plain);
        plain[0] &= unchecked((byte)~Flags);
        return TField.TryRead(plain, out x);
    }
}
