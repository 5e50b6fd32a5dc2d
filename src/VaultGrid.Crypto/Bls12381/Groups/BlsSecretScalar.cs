using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using VaultGrid.Crypto.Fields;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>
/// A secret number modulo r, in locked memory, with arithmetic in constant time whose every result is in locked memory as well. What a computation
/// leaves on the stack is overwritten before it returns.
/// </summary>
[DebuggerDisplay("BlsSecretScalar(redacted)")]
public sealed class BlsSecretScalar : IDisposable
{
    /// <summary>Bytes of a scalar on the wire.</summary>
    public const int Length = 32;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretBytes _limbs = new(Unsafe.SizeOf<Residue<GroupOrder>>());

    private BlsSecretScalar()
    {
    }

    // The representation, in its locked place.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private ref Residue<GroupOrder> Value => ref MemoryMarshal.AsRef<Residue<GroupOrder>>(_limbs.Span);

    /// <summary>True for 0. That a scalar is 0 is not secret: such keys are refused.</summary>
    public bool IsZero
    {
        get
        {
            var mask = Value.IsZeroMask;
            GC.KeepAlive(this);
            return mask != 0;
        }
    }

    /// <summary>Takes 32 bytes, big-endian, below r, and wipes where they came from, whatever the outcome.</summary>
    /// <returns>The scalar, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<BlsSecretScalar> Take(Span<byte> bytes)
    {
        var scalar = new BlsSecretScalar();
        try
        {
            if (Residue<GroupOrder>.TryRead(bytes, out scalar.Value)) return scalar;
            scalar.Dispose();
            return new Refusal(RefusalCode.InputMalformed, "a scalar has 32 bytes and is below the group order");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            StackResidue.Wipe();
        }
    }

    /// <summary>A big-endian number of 33 to 64 bytes modulo r: uniform to within 2^-128 for 48 uniform bytes.</summary>
    public static BlsSecretScalar Reduce(SecretBytes wide)
    {
        ArgumentNullException.ThrowIfNull(wide);
        var scalar = new BlsSecretScalar();
        scalar.Value = Residue<GroupOrder>.Reduce(wide.Span);
        GC.KeepAlive(wide);
        StackResidue.Wipe();
        return scalar;
    }

    /// <summary>A secret copy of a public number.</summary>
    public static BlsSecretScalar From(BlsScalar number)
    {
        var scalar = new BlsSecretScalar();
        scalar.Value = number.Value;
        return scalar;
    }

    /// <summary>A copy of a scalar of G1 or G2 as threshold protocols hold it, such as a share.</summary>
    public static BlsSecretScalar From(SecretScalar scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        if (scalar.Group != BlsGroups.G1 && scalar.Group != BlsGroups.G2) throw new ArgumentException($"A scalar of {scalar.Group} is none of BLS12-381.", nameof(scalar));
        var copy = new BlsSecretScalar();
        if (!Residue<GroupOrder>.TryRead(scalar.Bytes.Span, out copy.Value)) throw new ArgumentException("The scalar is not below the order.", nameof(scalar));
        GC.KeepAlive(scalar);
        StackResidue.Wipe();
        return copy;
    }

    /// <summary>Σ coefficients[i]·at^i, such as a party's share of a polynomial (Horner).</summary>
    public static BlsSecretScalar Evaluate(IReadOnlyList<BlsSecretScalar> coefficients, BlsScalar at)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        var result = new BlsSecretScalar();
        for (var i = coefficients.Count - 1; i >= 0; i--)
        {
            result.Value = (result.Value * at.Value) + coefficients[i].Value;
            GC.KeepAlive(coefficients[i]);
        }

        StackResidue.Wipe();
        return result;
    }

    /// <summary>This plus another.</summary>
    public BlsSecretScalar Add(BlsSecretScalar other) => Combine(other, static (in a, in b) => a + b);

    /// <summary>This minus another.</summary>
    public BlsSecretScalar Subtract(BlsSecretScalar other) => Combine(other, static (in a, in b) => a - b);

    /// <summary>This times another.</summary>
    public BlsSecretScalar Multiply(BlsSecretScalar other) => Combine(other, static (in a, in b) => a * b);

    /// <summary>This times a public number.</summary>
    public BlsSecretScalar Multiply(BlsScalar factor)
    {
        using var other = From(factor);
        return Multiply(other);
    }

    /// <summary>The inverse; 0 gives 0.</summary>
    public BlsSecretScalar Invert() => Combine(this, static (in a, in _) => Residue<GroupOrder>.Invert(a));

    /// <summary>This number times the generator of G1.</summary>
    public G1Point TimesG1Generator() => G1Point.Generator.Multiply(this);

    /// <summary>This number times the generator of G2.</summary>
    public G2Point TimesG2Generator() => G2Point.Generator.Multiply(this);

    /// <summary>32 bytes, big-endian.</summary>
    public SecretBytes ToBytes()
    {
        var bytes = new SecretBytes(Length);
        Value.Write(bytes.Span);
        GC.KeepAlive(this);
        StackResidue.Wipe();
        return bytes;
    }

    /// <summary>A second copy with a life of its own.</summary>
    public BlsSecretScalar Clone() => Combine(this, static (in a, in _) => a);

    /// <summary>Wipes the number.</summary>
    public void Dispose() => _limbs.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "BlsSecretScalar(redacted)";

    internal Projective<TField, TCurve> Multiply<TField, TCurve>(in Projective<TField, TCurve> point)
        where TField : unmanaged, IField<TField>
        where TCurve : unmanaged, ICurve<TField>
    {
        var result = Multiplication.Multiply(point, Value);
        GC.KeepAlive(this);
        return result;
    }

    private BlsSecretScalar Combine(BlsSecretScalar other, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(other);
        var result = new BlsSecretScalar();
        result.Value = operation(Value, other.Value);
        GC.KeepAlive(this);
        GC.KeepAlive(other);
        StackResidue.Wipe();
        return result;
    }

    private delegate Residue<GroupOrder> Operation(in Residue<GroupOrder> a, in Residue<GroupOrder> b);
}
