using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Crypto;

public sealed partial class PaillierPrivateKey
{
    /// <summary>Reads a ciphertext that somebody sent.</summary>
    /// <param name="bytes">Exactly <see cref="CiphertextLength"/> bytes, big-endian.</param>
    /// <returns>The ciphertext, or <see cref="RefusalCode.InputMalformed"/>: zero, not below N², or sharing a factor with N.</returns>
    public Outcome<PaillierCiphertext> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != CiphertextLength) return BadCiphertext("it has the wrong length");
        using var number = Limbs.FromBytes(bytes, _modulusSquared.Count);
        if (!number.IsBelow(_modulusSquared)) return BadCiphertext("it is not below N²");
        using var low1 = number.Modulo(_p1);
        using var low2 = number.Modulo(_p2);
        return low1.IsZero() || low2.IsZero() ? BadCiphertext("it is zero or shares a factor with N") : new PaillierCiphertext(bytes.ToArray());
    }

    /// <summary>Draws ρ^N mod N²: a random p₁-th power modulo p₁², a random p₂-th power modulo p₂², joined. Same distribution, half the time.</summary>
    public PaillierNoise DrawNoise(RandomNumberGenerator random)
    {
        using var part1 = RandomPower(_square1, _p1, random);
        using var part2 = RandomPower(_square2, _p2, random);
        return new PaillierNoise(JoinSquares(part1, part2));
    }

    /// <summary>E(plaintext) = (1 + plaintext·N)·ρ^N mod N².</summary>
    /// <param name="plaintext">A number below q.</param>
    /// <param name="noise">Used up.</param>
    public PaillierCiphertext Encrypt(SecretScalar plaintext, PaillierNoise noise)
    {
        using var number = Number(plaintext);
        return Encrypt(number, noise);
    }

    /// <summary>E(plaintext).</summary>
    /// <param name="plaintext">A number below N, big-endian, at most as long as N; stays the caller's.</param>
    /// <param name="noise">Used up.</param>
    public PaillierCiphertext Encrypt(SecretBytes plaintext, PaillierNoise noise)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        using var number = Limbs.FromBytes(plaintext.Span, _modulus.Count);
        GC.KeepAlive(plaintext);
        if (!number.IsBelow(_modulus)) throw new ArgumentException("The plaintext is not below N.", nameof(plaintext));
        return Encrypt(number, noise);
    }

    /// <summary>left·right mod N²: the plaintexts are added modulo N.</summary>
    public PaillierCiphertext Add(PaillierCiphertext left, PaillierCiphertext right)
    {
        using var a = Number(left);
        using var b = Number(right);
        using var product = a.TimesModulo(b, _modulusSquared);
        return Ciphertext(product);
    }

    /// <summary>ciphertext^factor·ρ^N mod N²: the plaintext is multiplied modulo N, and nothing links the two.</summary>
    /// <param name="ciphertext">One under this key.</param>
    /// <param name="factor">A number below q.</param>
    /// <param name="noise">Used up.</param>
    public PaillierCiphertext Multiply(PaillierCiphertext ciphertext, SecretScalar factor, PaillierNoise noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        using var exponent = Number(factor);
        using var fresh = noise.Take();
        using var number = Number(ciphertext);
        using var part1 = Power(_square1, number, exponent);
        using var part2 = Power(_square2, number, exponent);
        using var power = JoinSquares(part1, part2);
        using var product = power.TimesModulo(fresh, _modulusSquared);
        return Ciphertext(product);
    }

    /// <summary>D(ciphertext): the plaintext modulo N, big-endian, as long as N.</summary>
    public SecretBytes Decrypt(PaillierCiphertext ciphertext)
    {
        using var number = Number(ciphertext);
        using var plaintext = DecryptWholly(number);
        var bytes = new SecretBytes(_modulusBytes.Length);
        plaintext.CopyTo(bytes.Span);
        return bytes;
    }

    /// <summary>
    /// D(ciphertext) mod q, for a plaintext between 0 and a bound q^k. Where the bound leaves 128 bits to p₁, it is computed modulo p₁² alone, and
    /// plaintexts that differ by p₁ are then the same.
    /// </summary>
    /// <param name="ciphertext">One under this key.</param>
    /// <param name="bound">One that this key supports.</param>
    /// <returns>The plaintext mod q, or <see cref="RefusalCode.InputMalformed"/>: it is zero, zero mod q, or not below the bound.</returns>
    public Outcome<SecretScalar> DecryptScalar(PaillierCiphertext ciphertext, PlaintextBound bound)
    {
        Require(bound);
        using var number = Number(ciphertext);
        using var plaintext = bound.FitsInto(_p1.Count * 64) ? DecryptModulo1(number) : DecryptWholly(number);
        return InRange(plaintext, bound);
    }

    /// <summary>
    /// <see cref="DecryptScalar"/> of two. Where p₁ has room for both plaintexts side by side, they are decrypted by one power: of
    /// first·second^(2^s), whose plaintext is first + 2^s·second. Pairs of plaintexts with the same sum are then the same pair.
    /// </summary>
    /// <param name="first">A ciphertext under this key.</param>
    /// <param name="second">Another one.</param>
    /// <param name="bound">One that this key supports; of both.</param>
    public (Outcome<SecretScalar> First, Outcome<SecretScalar> Second) DecryptScalars(PaillierCiphertext first, PaillierCiphertext second, PlaintextBound bound)
    {
        Require(bound);
        if (bound.PairFitsInto(_p1.Count * 64))
        {
            var (one, other) = DecryptPacked(first, second, bound);
            if (one.Refusal is null && other.Refusal is null) return (one, other);

            // A pair that is refused is decrypted again, each by itself: a second one that is too large by a carry says nothing about itself.
            Wipe(one);
            Wipe(other);
        }

        // Two independent powers, both computed whatever comes of the other: on an idle machine they take the time of one.
        Outcome<SecretScalar> left = default, right = default;
        Parallel.Invoke(() => left = DecryptScalar(first, bound), () => right = DecryptScalar(second, bound));
        return (left, right);
    }

    private static Limbs RandomPower(PrimeSquare square, Limbs prime, RandomNumberGenerator random)
    {
        using var root = PaillierPrimes.DrawBelow(prime, random);
        return Power(square, root, prime);
    }

    private static Limbs Power(PrimeSquare square, Limbs number, Limbs exponent)
    {
        using var pair = square.Split(number);
        using var power = square.Power(pair, exponent);
        return square.Join(power);
    }

    private Limbs DecryptModulo1(Limbs number)
    {
        using var pair = _square1.Split(number);
        return DecryptModulo(_square1, _p1, _order1, _scale1, pair);
    }

    private static Limbs DecryptModulo(PrimeSquare square, Limbs prime, Limbs order, Limbs scale, Limbs pair)
    {
        // With g = 1 + N: pair^(p−1) = 1 + plaintext·(p−1)·N mod p², where (p−1)·N/p = −(the other prime) mod p.
        using var power = square.Power(pair, order);
        using var log = square.High(power);
        return log.TimesModulo(scale, prime);
    }

    private (Outcome<SecretScalar> First, Outcome<SecretScalar> Second) DecryptPacked(PaillierCiphertext first, PaillierCiphertext second, PlaintextBound bound)
    {
        using var number1 = Number(first);
        using var number2 = Number(second);
        using var pair1 = _square1.Split(number1);
        using var pair2 = _square1.Split(number2);
        using var packed = _square1.Pack(pair1, pair2, bound.PairShift);
        using var both = DecryptModulo(_square1, _p1, _order1, _scale1, packed);
        var limbs = bound.PairShift / 64;
        using var plaintext1 = both.Slice(0, limbs);
        using var plaintext2 = both.Slice(limbs, both.Count - limbs);
        return (InRange(plaintext1, bound), InRange(plaintext2, bound));
    }

    // Only whether the plaintext is in range is told: it is of honest participants always.
    private static Outcome<SecretScalar> InRange(Limbs plaintext, PlaintextBound bound)
    {
        using var limit = Limbs.FromBytes(bound.Limit, plaintext.Count);
        if (plaintext.IsBelow(limit))
        {
            using var order = Limbs.FromBytes(PlaintextBound.GroupOrder, PlaintextBound.GroupOrder.Length / sizeof(ulong));
            using var remainder = plaintext.Modulo(order);
            using var bytes = new SecretBytes(PrimeGroup.ScalarLength);
            remainder.CopyTo(bytes.Span);
            var scalar = PrimeGroup.Secp256k1.ReduceSecret(bytes.Span);
            if (!scalar.IsZero()) return scalar;
            scalar.Dispose();
        }
        return new Refusal(RefusalCode.InputMalformed, "the plaintext is zero or not below its bound");
    }

    private static void Wipe(Outcome<SecretScalar> outcome)
    {
        if (outcome.Is(out var scalar, out _)) scalar.Dispose();
    }

    private void Require(PlaintextBound bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        if (!Supports(bound)) throw new ArgumentException($"A modulus of {(int)Size} bits is too short for {bound.Factors} factors.", nameof(bound));
    }

    private Limbs DecryptWholly(Limbs number)
    {
        using var pair2 = _square2.Split(number);
        using var m1 = DecryptModulo1(number);
        using var m2 = DecryptModulo(_square2, _p2, _order2, _scale2, pair2);

        // Garner: m₁ + p₁·((m₂ − m₁)·p₁^-1 mod p₂).
        return Join(m1, m2, _p1, _p2, _join);
    }

    private PaillierCiphertext Encrypt(Limbs plaintext, PaillierNoise noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        using var fresh = noise.Take();
        using var multiple = plaintext.Times(_modulus);
        using var wide = multiple.Resized(_modulusSquared.Count);
        using var one = Limbs.FromValue(1, wide.Count);
        using var power = wide.Plus(one);
        using var product = power.TimesModulo(fresh, _modulusSquared);
        return Ciphertext(product);
    }

    private Limbs JoinSquares(Limbs part1, Limbs part2) => Join(part1, part2, _square1.Square, _square2.Square, _joinSquares);

    private static Limbs Join(Limbs part1, Limbs part2, Limbs modulus1, Limbs modulus2, Limbs inverse)
    {
        using var reduced = part1.Modulo(modulus2);
        using var difference = part2.MinusModulo(reduced, modulus2);
        using var factor = difference.TimesModulo(inverse, modulus2);
        using var multiple = factor.Times(modulus1);
        using var wide = part1.Resized(multiple.Count);
        return multiple.Plus(wide);
    }

    private static Limbs Number(SecretScalar scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        PrimeGroup.Secp256k1.Require(scalar.Group); // whose numbers are big-endian
        var number = Limbs.FromBytes(scalar.Bytes.Span, scalar.Bytes.Length / sizeof(ulong));
        GC.KeepAlive(scalar);
        return number;
    }

    private Limbs Number(PaillierCiphertext ciphertext)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        if (ciphertext.Bytes.Length != CiphertextLength) throw new ArgumentException("The ciphertext is one of another key.", nameof(ciphertext));
        return Limbs.FromBytes(ciphertext.Bytes, _modulusSquared.Count);
    }

    private PaillierCiphertext Ciphertext(Limbs number)
    {
        var bytes = new byte[CiphertextLength];
        number.CopyTo(bytes);
        return new PaillierCiphertext(bytes);
    }

    private static Refusal BadCiphertext(string why) => new(RefusalCode.InputMalformed, $"this is not a Paillier ciphertext: {why}");
}
