using System.Globalization;
using System.Numerics;
using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Tests.Bls12381;

/// <summary>The arithmetic's second opinion: System.Numerics, whole numbers and textbook methods.</summary>
internal static class Numbers
{
    public static readonly BigInteger P = Parse("1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab");
    public static readonly BigInteger R = Parse("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");
    public static readonly BigInteger Z = Parse("d201000000010000");

    public static BigInteger Parse(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static BigInteger Read(ReadOnlySpan<byte> bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);

    public static byte[] Write(BigInteger number, int length)
    {
        var bytes = new byte[length];
        var written = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(bytes, length - written.Length);
        return bytes;
    }

    /// <summary>Below the modulus: next to 0, the modulus, its half or a power of two two thirds of the time.</summary>
    public static BigInteger Next(this SeededBytes random, BigInteger modulus)
    {
        var small = new BigInteger(random.NextInt(40));
        var value = random.NextInt(6) switch
        {
            0 => small,
            1 => modulus - 1 - small,
            2 => (modulus / 2) + small - 20,
            3 => (BigInteger.One << random.NextInt(385)) + small - 20,
            _ => Read(random.Next(64)),
        };
        return ((value % modulus) + modulus) % modulus;
    }

    public static Fp ToFp(this BigInteger number) => Fp.TryRead(Write(number, 48), out var value) ? value : throw new ArgumentException("not below p");

    public static BigInteger ToNumber(this in Fp value)
    {
        var bytes = new byte[48];
        value.Write(bytes);
        return Read(bytes);
    }

    public static BlsScalar ToScalar(this BigInteger number) => BlsScalar.Parse(Write(number, 32)).Value;

    public static BigInteger ToNumber(this BlsScalar scalar) => Read(scalar.ToBytes());

    public static Fp2 NextFp2(this SeededBytes random) => new(random.Next(P).ToFp(), random.Next(P).ToFp());

    public static Fp12 NextFp12(this SeededBytes random)
    {
        Fp6 Six() => new(random.NextFp2(), random.NextFp2(), random.NextFp2());
        return new(Six(), Six());
    }

    /// <summary>Double and add, for any number, in any group.</summary>
    public static Projective<TField, TCurve> Times<TField, TCurve>(this BigInteger k, Projective<TField, TCurve> point)
        where TField : unmanaged, IField<TField>
        where TCurve : unmanaged, ICurve<TField>
    {
        var sum = Projective<TField, TCurve>.Infinity;
        for (var bit = (int)k.GetBitLength() - 1; bit >= 0; bit--)
        {
            sum += sum;
            if (!(k >> bit).IsEven) sum += point;
        }

        return sum;
    }

    /// <summary>A point of the curve, hardly ever in the group: the first x from a random one on that has a y.</summary>
    public static Projective<Fp, G1Curve> NextOnCurve1(this SeededBytes random)
    {
        for (var x = random.Uniform(); ; x += Fp.One)
            if (Fp.TryRoot((Fp.Square(x) * x) + G1Curve.B, out var y)) return new(x, y);
    }

    public static Projective<Fp2, G2Curve> NextOnCurve2(this SeededBytes random)
    {
        for (var x = new Fp2(random.Uniform(), random.Uniform()); ; x += Fp2.One)
            if (Fp2.TryRoot((Fp2.Square(x) * x) + G2Curve.B, out var y)) return new(x, y);
    }

    public static G1Point NextG1(this SeededBytes random) => G1Point.Generator.MultiplyVarTime((random.Next(R - 1) + 1).ToScalar());

    public static G2Point NextG2(this SeededBytes random) => G2Point.Generator.MultiplyVarTime((random.Next(R - 1) + 1).ToScalar());

    // Without the bias of Next, so that no two are the same.
    private static Fp Uniform(this SeededBytes random) => Fp.Reduce(random.Next(64));
}
