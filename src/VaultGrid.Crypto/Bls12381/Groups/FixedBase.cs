using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>
/// Products of one point that never changes, such as a generator: all multiples that a window can ask for are there from the start, so a product takes additions alone. The parts that the
/// endomorphism splits a scalar into share one table; it is applied to their sums (Yao's method with the splitting of <see cref="Multiplication"/>).
/// </summary>
/// <remarks>The point is in the group of order r: the endomorphism is a multiplication there only.</remarks>
internal sealed class FixedBase<TField, TCurve>
    where TField : unmanaged, IField<TField>
    where TCurve : unmanaged, ICurve<TField>
{
    // For each window of 4 bits, from the lowest: 0 to 15 times 16^window times the point.
    private readonly Projective<TField, TCurve>[] _table = new Projective<TField, TCurve>[TCurve.PartBits / Multiplication.Window * Multiplication.TableSize];

    public FixedBase(in Projective<TField, TCurve> point)
    {
        var unit = point;
        for (var first = 0; first < _table.Length; first += Multiplication.TableSize)
        {
            _table[first] = Projective<TField, TCurve>.Infinity;
            for (var i = 1; i < Multiplication.TableSize; i++) _table[first + i] = _table[first + i - 1] + unit;
            unit = _table[first + Multiplication.TableSize - 1] + unit;
        }
    }

    /// <summary>k·P for a secret k in its encoding, 32 bytes, below r: the same field operations and memory accesses whatever k is.</summary>
    public Projective<TField, TCurve> Multiply(SecretBytes scalar)
    {
        if (!Residue<GroupOrder>.TryRead(scalar.Span, out var k)) throw new ArgumentException("The scalar is not below the order.", nameof(scalar));
        try
        {
            var result = Core(k);

            // As in Multiplication: the frames below held windows of k.
            StackResidue.Wipe();
            return result;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Residue<GroupOrder>>(ref k)));
            GC.KeepAlive(scalar);
        }
    }

    /// <summary>k·P for a public k, in a time that depends on it.</summary>
    [SkipLocalsInit]
    public Projective<TField, TCurve> MultiplyVarTime(in Residue<GroupOrder> scalar)
    {
        Span<UInt128> k = stackalloc UInt128[TCurve.Parts];
        TCurve.Split(scalar, k);
        var result = Projective<TField, TCurve>.Infinity;
        for (var part = TCurve.Parts - 1; part >= 0; part--)
        {
            TCurve.Step(result, out var stepped);
            result = stepped;
            for (var (first, rest) = (0, k[part]); rest != 0; first += Multiplication.TableSize, rest >>= Multiplication.Window)
            {
                var digit = (int)(rest & (Multiplication.TableSize - 1));
                if (digit != 0) result += _table[first + digit];
            }
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private Projective<TField, TCurve> Core(in Residue<GroupOrder> scalar)
    {
        Span<UInt128> k = stackalloc UInt128[TCurve.Parts];
        TCurve.Split(scalar, k);

        // Horner's rule in the endomorphism; the formulas are complete, so zeros are added like everything else.
        var result = Projective<TField, TCurve>.Infinity;
        for (var part = TCurve.Parts - 1; part >= 0; part--)
        {
            TCurve.Step(result, out var stepped);
            result = stepped;
            for (var first = 0; first < _table.Length; first += Multiplication.TableSize)
            {
                var digit = (ulong)(k[part] >> (first / Multiplication.TableSize * Multiplication.Window)) & (Multiplication.TableSize - 1);
                result += Multiplication.Read(_table.AsSpan(first, Multiplication.TableSize), digit);
            }
        }

        return result;
    }
}
