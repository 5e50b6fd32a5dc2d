using System.Diagnostics;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto;

/// <summary>
/// A non-negative integer of any size, computed with by GMP; its limbs lie in locked memory and are wiped. How long it is, is not secret.
/// </summary>
[DebuggerDisplay("SecretInteger(redacted)")]
internal sealed class SecretInteger : IDisposable
{
    // mpz_probab_prime_p runs Baillie-PSW (a strong Miller-Rabin round and a strong Lucas test) and then (reps - 24) Miller-Rabin rounds
    // with random bases: 40 more of these let a composite through with probability at most 4^-40 even if it passes Baillie-PSW.
    private const int PrimalityRounds = 64;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly MpzHandle _value = new();

    private SecretInteger()
    {
    }

    /// <summary>Bits without leading zeros; 1 for zero.</summary>
    public int BitLength => (int)Gmp.SizeInBase(_value, 2);

    /// <summary>Copies a big-endian number in.</summary>
    public static SecretInteger FromBytes(ReadOnlySpan<byte> bigEndian)
    {
        var number = new SecretInteger();
        Gmp.Import(number._value, (nuint)bigEndian.Length, 1, 1, 1, 0, bigEndian);
        return number;
    }

    /// <summary>this^exponent mod modulus, in time and with memory accesses that depend on the sizes only.</summary>
    /// <param name="exponent">Greater than zero.</param>
    /// <param name="modulus">Odd.</param>
    public SecretInteger PowerMod(SecretInteger exponent, SecretInteger modulus)
    {
        ArgumentNullException.ThrowIfNull(exponent);
        ArgumentNullException.ThrowIfNull(modulus);

        // GMP divides by zero, and so ends the process, on what these two lines refuse.
        if (Gmp.CompareVarTime(exponent._value, 0) <= 0) throw new ArgumentException("The exponent is zero.", nameof(exponent));
        if (Gmp.TestBit(modulus._value, 0) == 0) throw new ArgumentException("The modulus is even.", nameof(modulus));

        var result = new SecretInteger();
        Gmp.PowerModSecret(result._value, _value, exponent._value, modulus._value);
        return result;
    }

    /// <summary>True if this is a prime, with an error of at most 2^-80; the time depends on the number.</summary>
    public bool IsProbablePrimeVarTime() => Gmp.IsProbablePrime(_value, PrimalityRounds) != 0;

    /// <summary>Writes the number, big-endian, with leading zeros.</summary>
    /// <param name="destination">Room for at least <see cref="BitLength"/> bits.</param>
    public void CopyTo(Span<byte> destination)
    {
        var length = (BitLength + 7) / 8;
        if (destination.Length < length) throw new ArgumentException($"The number needs {length} bytes.", nameof(destination));
        destination.Clear();
        _ = Gmp.Export(destination[^length..], out _, 1, 1, 1, 0, _value);
    }

    /// <summary>Wipes the number.</summary>
    public void Dispose() => _value.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SecretInteger(redacted)";
}
