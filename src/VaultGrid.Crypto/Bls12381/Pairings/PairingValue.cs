namespace VaultGrid.Crypto.Bls12381;

/// <summary>A value of the pairing: a root of unity of order r in Fp12.</summary>
public sealed class PairingValue : IEquatable<PairingValue>
{
    internal PairingValue(in Fp12 value) => Value = value;

    internal Fp12 Value { get; }

    /// <summary>True for 1.</summary>
    public bool IsOne => Value.Equals(Fp12.One);

    /// <summary>The product of two values.</summary>
    public PairingValue Multiply(PairingValue other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Value * other.Value);
    }

    /// <summary>This value to the power of a public number.</summary>
    public PairingValue PowerVarTime(BlsScalar exponent)
    {
        var result = Fp12.One;
        foreach (var octet in exponent.ToBytes())
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                result = Fp12.CyclotomicSquare(result);
                if (((octet >> bit) & 1) != 0) result *= Value;
            }
        }

        return new(result);
    }

    /// <inheritdoc/>
    public bool Equals(PairingValue? other) => other is not null && Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PairingValue);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        Span<byte> bytes = stackalloc byte[Fp.Length];
        Value.C0.C0.C0.Write(bytes);
        return System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(bytes[^4..]);
    }
}
