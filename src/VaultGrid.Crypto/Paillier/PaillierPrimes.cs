using System.Security.Cryptography;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto;

/// <summary>The primes of Paillier moduli: drawing them, and telling them from other numbers.</summary>
internal static class PaillierPrimes
{
    // A round with a random base lets a composite through with probability at most 1/4 (Rabin 1980): 64 rounds, 2^-128, whoever chose the number.
    private const int Rounds = 64;

    // mpz_probab_prime_p: Baillie-PSW (strong Miller-Rabin with base 2 and strong Lucas), then (this − 24) rounds. Its bases are predictable, so the
    // rounds that count are our own.
    private const int BailliePswAndOneRound = 25;

    // FIPS 186-5, A.1.3: |p − q| > 2^(bits − 100), against Fermat's factoring.
    private const int DistanceLimbs = 2;

    /// <summary>Draws a prime ≡ 3 mod 4 whose two highest bits are set, so that the product of two has exactly twice the bits.</summary>
    /// <param name="limbs">Words of 64 bits.</param>
    /// <param name="random">A cryptographic generator.</param>
    /// <param name="tried">Told of every candidate that was no prime; how many there were says nothing about the one that is.</param>
    /// <param name="cancellationToken">Ends the search between two candidates.</param>
    public static Limbs Draw(int limbs, RandomNumberGenerator random, Action? tried = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var bytes = SecretBytes.Random(limbs * sizeof(ulong), random);
            bytes.Span[0] |= 0xc0;
            bytes.Span[^1] |= 0x03;
            var candidate = Limbs.FromBytes(bytes.Span, limbs);
            if (IsPrimeVarTime(candidate, random)) return candidate;
            candidate.Dispose();
            tried?.Invoke();
        }
    }

    /// <summary>True for a prime; false for a composite but with probability 2^-128. The time depends on the number.</summary>
    /// <param name="number">≡ 3 mod 4, its highest limb not zero.</param>
    /// <param name="random">Where bases come from.</param>
    public static unsafe bool IsPrimeVarTime(Limbs number, RandomNumberGenerator random)
    {
        if ((number.First[0] & 3) != 3) throw new ArgumentException("The number is not 3 mod 4.", nameof(number));
        if (!PassesBailliePswVarTime(number)) return false;

        // number − 1 = 2·odd, so that a strong Miller-Rabin round is: base^odd = ±1.
        using var one = Limbs.FromValue(1, number.Count);
        using var less = number.Minus(one);
        using var odd = number.Minus(one);
        for (var i = 0; i < odd.Count; i++)
            odd.First[i] = (odd.First[i] >> 1) | (i + 1 < odd.Count ? odd.First[i + 1] << 63 : 0);

        for (var round = 0; round < Rounds; round++)
        {
            using var drawn = DrawBelow(number, random);
            using var power = drawn.PowerModulo(odd, number);
            if (!power.IsEqualTo(one) && !power.IsEqualTo(less)) return false;
        }
        return true;
    }

    /// <summary>A uniform number from 1 to modulus less 1, by reducing 128 bits more.</summary>
    public static Limbs DrawBelow(Limbs modulus, RandomNumberGenerator random)
    {
        while (true)
        {
            using var bytes = SecretBytes.Random((modulus.Count + 2) * sizeof(ulong), random);
            using var wide = Limbs.FromBytes(bytes.Span, modulus.Count + 2);
            var number = wide.Modulo(modulus);
            if (!number.IsZero()) return number;
            number.Dispose();
        }
    }

    /// <summary>True if two numbers of the same length are at least 2^(bits − 100) apart.</summary>
    public static unsafe bool AreFarApart(Limbs left, Limbs right)
    {
        using var difference = left.IsBelow(right) ? right.Minus(left) : left.Minus(right);
        var highest = difference.First + difference.Count - DistanceLimbs;
        return highest[1] != 0 || highest[0] >> 28 != 0;
    }

    private static bool PassesBailliePswVarTime(Limbs number)
    {
        using var bytes = new SecretBytes(number.Count * sizeof(ulong));
        number.CopyTo(bytes.Span);
        using var value = new MpzHandle();
        Gmp.Import(value, (nuint)bytes.Length, 1, 1, 1, 0, bytes.Span);
        return Gmp.IsProbablePrime(value, BailliePswAndOneRound) != 0;
    }
}
