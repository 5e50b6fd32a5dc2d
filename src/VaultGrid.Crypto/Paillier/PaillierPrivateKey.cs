using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// A Paillier key pair (Paillier 1999, scheme 1 with g = 1 + N), for holders of both primes: everything is computed modulo p₁² and p₂². Ciphertexts
/// add up their plaintexts modulo N when multiplied. The primes stay in locked memory, and all arithmetic with secrets is constant-time.
/// </summary>
[DebuggerDisplay("PaillierPrivateKey(redacted)")]
public sealed partial class PaillierPrivateKey : IDisposable
{
    private readonly byte[] _modulusBytes;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _p1;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _p2;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _modulus;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _modulusSquared;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly PrimeSquare _square1;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly PrimeSquare _square2;

    // What decryption multiplies with: (−p₂)^-1 mod p₁ and (−p₁)^-1 mod p₂.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _scale1;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _scale2;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _order1; // p₁ − 1

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _order2; // p₂ − 1

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _join; // p₁^-1 mod p₂

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Limbs _joinSquares; // (p₁²)^-1 mod p₂²

    /// <summary>Takes over two primes that were checked, or drawn, before.</summary>
    private PaillierPrivateKey(Limbs p1, Limbs p2)
    {
        (_p1, _p2) = (p1, p2);
        _modulus = p1.Times(p2);
        _modulusSquared = _modulus.Times(_modulus);
        _modulusBytes = new byte[_modulus.Count * sizeof(ulong)];
        _modulus.CopyTo(_modulusBytes);
        (_square1, _square2) = (new PrimeSquare(p1), new PrimeSquare(p2));
        (_scale1, _scale2) = (ScaleOf(p2, p1), ScaleOf(p1, p2));
        using var one = Limbs.FromValue(1, p1.Count);
        (_order1, _order2) = (p1.Minus(one), p2.Minus(one));
        _join = Inverse(p1, p2);
        _joinSquares = Inverse(_square1.Square, _square2.Square);
    }

    /// <summary>N: big-endian, half as many bytes as a ciphertext. Public.</summary>
    public ReadOnlySpan<byte> Modulus => _modulusBytes;

    /// <summary>Bits of N.</summary>
    public PaillierModulusSize Size => (PaillierModulusSize)(_modulusBytes.Length * 8);

    /// <summary>Bytes of a ciphertext.</summary>
    public int CiphertextLength => 2 * _modulusBytes.Length;

    /// <summary>Draws a key: a second or so.</summary>
    /// <param name="random">A cryptographic generator.</param>
    /// <param name="size">Bits of N; what is not prime passes with probability below 2^-128.</param>
    /// <param name="tried">Told of every candidate that was no prime, so that a person sees that the search goes on.</param>
    /// <param name="cancellationToken">Gives the search up.</param>
    public static PaillierPrivateKey Generate(
        RandomNumberGenerator random, PaillierModulusSize size = PaillierModulusSize.Bits3072, Action? tried = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!Enum.IsDefined(size)) throw new ArgumentOutOfRangeException(nameof(size), size, "Not a size of modulus.");
        while (true)
        {
            var p1 = PaillierPrimes.Draw((int)size / 128, random, tried, cancellationToken);
            var kept = false;
            try
            {
                var p2 = PaillierPrimes.Draw((int)size / 128, random, tried, cancellationToken);
                kept = Fault(p1, p2) is null; // one in 2^98 is not
                if (kept) return new PaillierPrivateKey(p1, p2);
                p2.Dispose();
            }
            finally
            {
                if (!kept) p1.Dispose();
            }
        }
    }

    /// <summary>Reads what <see cref="Export"/> wrote, and checks everything about it before it is a key.</summary>
    /// <param name="primes">p₁ and p₂, big-endian, of the same length; stays the caller's.</param>
    /// <param name="modulus">N as it is known from elsewhere, big-endian.</param>
    /// <param name="minimum">The least size to take.</param>
    /// <param name="random">Where the bases of primality tests come from.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>: what is wrong with it, by name.</returns>
    public static Outcome<PaillierPrivateKey> Import(
        SecretBytes primes, ReadOnlySpan<byte> modulus, PaillierModulusSize minimum, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(primes);
        ArgumentNullException.ThrowIfNull(random);
        if (!Enum.IsDefined((PaillierModulusSize)(primes.Length * 8)) || primes.Length * 8 < (int)minimum)
            return Bad($"its primes have {primes.Length * 4} bits each, which is no size in use, or less than {(int)minimum / 2}");
        if (modulus.Length != primes.Length)
            return Bad("the modulus has another length than the product of its primes");

        var limbs = primes.Length / 2 / sizeof(ulong);
        var p1 = Limbs.FromBytes(primes.Span[..(primes.Length / 2)], limbs);
        var p2 = Limbs.FromBytes(primes.Span[(primes.Length / 2)..], limbs);
        GC.KeepAlive(primes);
        if (Refusal(p1, p2, modulus, random) is not { } refusal) return new PaillierPrivateKey(p1, p2);
        p1.Dispose();
        p2.Dispose();
        return refusal;
    }

    /// <summary>Checks the key again as <see cref="Import"/> does, at start and on audit: it may have been stored by an older version, or decayed.</summary>
    public Outcome<Done> Check(RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Refusal(_p1, _p2, _modulusBytes, random) is { } refusal ? refusal : default(Done);
    }

    /// <summary>p₁ and p₂, big-endian, one after the other.</summary>
    public SecretBytes Export()
    {
        var half = _modulusBytes.Length / 2;
        var primes = new SecretBytes(2 * half);
        _p1.CopyTo(primes.Span[..half]);
        _p2.CopyTo(primes.Span[half..]);
        return primes;
    }

    /// <summary>True if plaintexts below a bound can be told from others: the dealer and importing enclaves ask.</summary>
    public bool Supports(PlaintextBound bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        return bound.FitsInto(_modulusBytes.Length * 8);
    }

    /// <summary>Wipes the primes and all that was computed of them.</summary>
    public void Dispose()
    {
        foreach (var secret in (IDisposable[])
            [_p1, _p2, _modulus, _modulusSquared, _square1, _square2, _scale1, _scale2, _order1, _order2, _join, _joinSquares])
            secret.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "PaillierPrivateKey(redacted)";

    private static Limbs ScaleOf(Limbs other, Limbs prime)
    {
        using var reduced = other.Modulo(prime);
        using var zero = new Limbs(prime.Count);
        using var negative = zero.MinusModulo(reduced, prime);
        return Inverse(negative, prime);
    }

    private static Limbs Inverse(Limbs number, Limbs modulus)
    {
        using var reduced = number.Modulo(modulus);
        return reduced.InverseModulo(modulus) ?? throw new InvalidOperationException("The primes of a Paillier key are not distinct.");
    }

    // The order: cheap before dear, and nothing computed with a number before it has the form that the computation needs.
    private static Refusal? Refusal(Limbs p1, Limbs p2, ReadOnlySpan<byte> modulus, RandomNumberGenerator random)
    {
        if (Fault(p1, p2) is { } fault) return Bad(fault);
        using var product = p1.Times(p2);
        using var known = Limbs.FromBytes(modulus, product.Count);
        if (!product.IsEqualTo(known)) return Bad("the product of its primes is not the modulus");
        if (!PaillierPrimes.IsPrimeVarTime(p1, random)) return Bad("its first prime is composite");
        if (!PaillierPrimes.IsPrimeVarTime(p2, random)) return Bad("its second prime is composite");
        return null;
    }

    private static unsafe string? Fault(Limbs p1, Limbs p2)
    {
        // Two highest bits: N has exactly twice the bits, and neither prime is small.
        if (p1.First[p1.Count - 1] >> 62 != 3 || p2.First[p2.Count - 1] >> 62 != 3) return "a prime is shorter than half of the modulus";
        if ((p1.First[0] & 3) != 3 || (p2.First[0] & 3) != 3) return "a prime is not 3 mod 4";
        if (!PaillierPrimes.AreFarApart(p1, p2)) return "its primes are too close to each other";

        // gcd(N, (p₁ − 1)(p₂ − 1)) = 1. A prime never divides itself less 1, so only p₁ | p₂ − 1 and p₂ | p₁ − 1 are left.
        return Divides(p1, p2) || Divides(p2, p1) ? "a prime divides the other one less 1" : null;
    }

    private static bool Divides(Limbs prime, Limbs other)
    {
        using var one = Limbs.FromValue(1, prime.Count);
        using var less = other.Minus(one);
        using var remainder = less.Modulo(prime);
        return remainder.IsZero();
    }

    private static Refusal Bad(string why) => new(RefusalCode.InputMalformed, $"this is not a Paillier key to use: {why}");
}
