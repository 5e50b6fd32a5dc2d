using System.Security.Cryptography;

namespace VaultGrid.Crypto.Groups;

/// <summary>
/// A group of prime order as threshold protocols need it (RFC 9591, section 3.1): elements, public and secret scalars, one strict encoding of each.
/// Secret scalars are multiplied in constant time.
/// </summary>
public abstract class PrimeGroup
{
    /// <summary>Bytes of a scalar's encoding, in every group.</summary>
    public const int ScalarLength = ScalarField.Length;

    private GroupElement? _generator;

    /// <param name="name">Its name in statements and documents.</param>
    /// <param name="elementLength">Bytes of an element's encoding.</param>
    /// <param name="order">32 bytes, big-endian.</param>
    /// <param name="littleEndian">The byte order of scalars.</param>
    private protected PrimeGroup(string name, int elementLength, ReadOnlySpan<byte> order, bool littleEndian)
    {
        (Name, ElementLength) = (name, elementLength);
        Field = new ScalarField(order, littleEndian);
        Zero = new PublicScalar(this, new byte[ScalarLength]);
        Identity = new GroupElement(this, null);
        One = Scalar(1);
    }

    /// <summary>secp256k1 (SEC 2): 33-byte elements, big-endian scalars.</summary>
    public static PrimeGroup Secp256k1 => Secp256k1Group.Instance;

    /// <summary>The prime-order subgroup of edwards25519 (RFC 8032): 32-byte elements, little-endian scalars.</summary>
    public static PrimeGroup Ed25519 => Ed25519Group.Instance;

    /// <summary>ristretto255 (RFC 9496): 32-byte elements, little-endian scalars.</summary>
    public static Ristretto255Group Ristretto255 => Ristretto255Group.Instance;

    /// <summary>G1 of BLS12-381, where BLS public keys are: 48-byte elements, big-endian scalars.</summary>
    public static PrimeGroup Bls12381G1 => Bls12381.BlsGroups.G1;

    /// <summary>G2 of BLS12-381, where BLS signatures are: 96-byte elements, big-endian scalars.</summary>
    public static PrimeGroup Bls12381G2 => Bls12381.BlsGroups.G2;

    /// <summary>The name, such as <c>secp256k1</c>.</summary>
    public string Name { get; }

    /// <summary>Bytes of an element's encoding.</summary>
    public int ElementLength { get; }

    /// <summary>The neutral element.</summary>
    public GroupElement Identity { get; }

    /// <summary>The generator.</summary>
    public GroupElement Generator => _generator ??= new GroupElement(this, GeneratorPoint());

    /// <summary>0.</summary>
    public PublicScalar Zero { get; }

    /// <summary>1.</summary>
    public PublicScalar One { get; }

    internal ScalarField Field { get; }

    /// <summary>A small number.</summary>
    public PublicScalar Scalar(ulong number)
    {
        var bytes = new byte[ScalarLength];
        Field.Write(bytes, number);
        return new PublicScalar(this, bytes);
    }

    /// <summary>Reads an element.</summary>
    /// <returns>The element, or <see cref="RefusalCode.InputMalformed"/>: wrong length, another encoding than the canonical one, not on the curve, outside the group, or the identity.</returns>
    public Outcome<GroupElement> Decode(ReadOnlySpan<byte> encoded) =>
        encoded.Length == ElementLength && DecodePoint(encoded) is { } point
            ? new GroupElement(this, point)
            : new Refusal(RefusalCode.InputMalformed, $"this is not an element of {Name} other than the identity, of {ElementLength} bytes in its canonical form");

    /// <summary>Reads a public scalar.</summary>
    /// <returns>The scalar (0 is one), or <see cref="RefusalCode.InputMalformed"/>: not 32 bytes, or not below the order.</returns>
    public Outcome<PublicScalar> DecodeScalar(ReadOnlySpan<byte> encoded) =>
        encoded.Length == ScalarLength && Field.IsReduced(encoded) ? new PublicScalar(this, encoded.ToArray()) : NoScalar();

    /// <summary>Makes a scalar of a secret, which belongs to the scalar from now on (and is disposed of if it is refused).</summary>
    /// <returns>The scalar (0 is one), or <see cref="RefusalCode.InputMalformed"/>: not 32 bytes, or not below the order.</returns>
    public Outcome<SecretScalar> DecodeSecret(SecretBytes encoded)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        if (encoded.Length == ScalarLength && Field.IsReduced(encoded.Span)) return new SecretScalar(this, encoded);
        encoded.Dispose();
        return NoScalar();
    }

    /// <summary>A number of up to 64 bytes, in the group's byte order, modulo the order.</summary>
    public PublicScalar Reduce(ReadOnlySpan<byte> wide)
    {
        var bytes = new byte[ScalarLength];
        Field.Reduce(bytes, wide);
        return new PublicScalar(this, bytes);
    }

    /// <summary>A secret number of up to 64 bytes, in the group's byte order, modulo the order; the source is zero afterwards.</summary>
    public SecretScalar ReduceSecret(Span<byte> wide)
    {
        try
        {
            var bytes = new SecretBytes(ScalarLength);
            Field.Reduce(bytes.Span, wide);
            return new SecretScalar(this, bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wide);
        }
    }

    /// <summary>A uniform secret scalar (512 random bits modulo the order).</summary>
    public SecretScalar RandomSecret()
    {
        Span<byte> wide = stackalloc byte[2 * ScalarLength];
        RandomNumberGenerator.Fill(wide);
        return ReduceSecret(wide);
    }

    /// <summary>A uniform secret scalar other than 0, from a given generator: randomness as an argument.</summary>
    public SecretScalar RandomSecret(RandomNumberGenerator random)
    {
        while (true)
        {
            using var wide = SecretBytes.Random(2 * ScalarLength, random);
            var scalar = ReduceSecret(wide.Span);
            if (!scalar.IsZero()) return scalar; // else one in 2^252
            scalar.Dispose();
        }
    }

    /// <summary>a·G + b·element, all public: what a Schnorr signature or proof is verified with. The time may depend on all of them.</summary>
    public GroupElement CombineVarTime(PublicScalar a, GroupElement element, PublicScalar b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(b);
        Require(a.Group);
        Require(element.Group);
        Require(b.Group);
        return a.IsZero || b.IsZero || element.IsIdentity
            ? Generator.MultiplyVarTime(a) + element.MultiplyVarTime(b)
            : new GroupElement(this, CombinePointsVarTime(a, element.Point, b));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal void Require(PrimeGroup other)
    {
        if (!ReferenceEquals(this, other)) throw new ArgumentException($"A value of {other.Name} can't be used in {Name}.", nameof(other));
    }

    internal abstract byte[] GeneratorPoint();

    /// <summary>The point of a canonical encoding; null for anything else and for the identity.</summary>
    internal abstract byte[]? DecodePoint(ReadOnlySpan<byte> encoded);

    internal abstract byte[] Encode(byte[] point);

    /// <summary>The sum of two or more points; null for the identity.</summary>
    internal abstract byte[]? SumPoints(IReadOnlyList<byte[]> points);

    internal abstract byte[] NegatePoint(byte[] point);

    /// <summary>In constant time; null for a scalar of 0.</summary>
    internal abstract byte[]? MultiplyGenerator(SecretBytes scalar);

    /// <summary>In constant time; null for a scalar of 0.</summary>
    internal abstract byte[]? MultiplyPoint(byte[] point, SecretBytes scalar);

    /// <summary>For a scalar other than 0.</summary>
    internal abstract byte[]? MultiplyGeneratorVarTime(ReadOnlySpan<byte> scalar);

    /// <summary>For a scalar other than 0.</summary>
    internal abstract byte[]? MultiplyPointVarTime(byte[] point, ReadOnlySpan<byte> scalar);

    /// <summary>a·G + b·point for scalars other than 0; null for the identity.</summary>
    internal virtual byte[]? CombinePointsVarTime(PublicScalar a, byte[] point, PublicScalar b) =>
        SumPoints([MultiplyGeneratorVarTime(a.Bytes)!, MultiplyPointVarTime(point, b.Bytes)!]);

    private static Refusal NoScalar() => new(RefusalCode.InputMalformed, "a scalar has 32 bytes and is below the group's order");
}
