using System.Buffers.Binary;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>A public number modulo r: a party's index, a BlsLagrange coefficient, a challenge. For secrets there is <see cref="BlsSecretScalar"/>.</summary>
public readonly struct BlsScalar : IEquatable<BlsScalar>
{
    /// <summary>Bytes of a scalar.</summary>
    public const int Length = 32;

    internal BlsScalar(in Residue<GroupOrder> value) => Value = value;

    /// <summary>0.</summary>
    public static BlsScalar Zero => default;

    /// <summary>1.</summary>
    public static BlsScalar One => new(Residue<GroupOrder>.One);

    internal Residue<GroupOrder> Value { get; }

    /// <summary>True for 0.</summary>
    public bool IsZero => Value.IsZeroMask != 0;

    /// <summary>A small number.</summary>
    public static BlsScalar From(ulong number) => new(Residue<GroupOrder>.From(number));

    /// <summary>Reads 32 bytes, big-endian, below r.</summary>
    /// <returns>The scalar, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<BlsScalar> Parse(ReadOnlySpan<byte> bytes) =>
        Residue<GroupOrder>.TryRead(bytes, out var value)
            ? new BlsScalar(value)
            : new Refusal(RefusalCode.InputMalformed, "a scalar has 32 bytes and is below the group order");

    /// <summary>A big-endian number of 33 to 64 bytes modulo r: uniform for 48 uniform bytes or more.</summary>
    public static BlsScalar Reduce(ReadOnlySpan<byte> wide) => new(Residue<GroupOrder>.Reduce(wide));

    /// <summary>Sum.</summary>
    public static BlsScalar operator +(BlsScalar a, BlsScalar b) => new(a.Value + b.Value);

    /// <summary>Difference.</summary>
    public static BlsScalar operator -(BlsScalar a, BlsScalar b) => new(a.Value - b.Value);

    /// <summary>Negative.</summary>
    public static BlsScalar operator -(BlsScalar a) => new(-a.Value);

    /// <summary>Product.</summary>
    public static BlsScalar operator *(BlsScalar a, BlsScalar b) => new(a.Value * b.Value);

    /// <summary>Same number.</summary>
    public static bool operator ==(BlsScalar a, BlsScalar b) => a.Equals(b);

    /// <summary>Another number.</summary>
    public static bool operator !=(BlsScalar a, BlsScalar b) => !a.Equals(b);

    /// <summary>The inverse.</summary>
    /// <exception cref="DivideByZeroException">This is 0.</exception>
    public BlsScalar Invert() => IsZero ? throw new DivideByZeroException("0 has no inverse.") : new(Residue<GroupOrder>.Invert(Value));

    /// <summary>32 bytes, big-endian.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Value.Write(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(BlsScalar other) => Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BlsScalar other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(ToBytes().AsSpan(Length - 4));

    /// <summary>Hex.</summary>
    public override string ToString() => Hex.Encode(ToBytes());
}
