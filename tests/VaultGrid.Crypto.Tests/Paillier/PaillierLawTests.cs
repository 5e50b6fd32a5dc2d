using System.Numerics;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Crypto.Tests;

public sealed class PaillierLawTests
{
    private static readonly PaillierPrivateKey Key = PaillierKeys.Shared;
    private static readonly PrimeGroup Group = PrimeGroup.Secp256k1;
    private readonly SeededBytes _random = new();

    [Fact]
    public void What_was_encrypted_comes_back()
    {
        foreach (var plaintext in (BigInteger[])[0, 1, N - 1, N / 2, Unsigned(_random.Next(255))])
            Assert.Equal(plaintext, Decrypt(Encrypt(plaintext)));
    }

    [Fact]
    public void Products_of_ciphertexts_are_sums_and_powers_are_products()
    {
        for (var round = 0; round < 8; round++)
        {
            var (a, b) = (Unsigned(_random.Next(256)) % N, Unsigned(_random.Next(256)) % N);
            Assert.True((a + b) % N == Decrypt(Key.Add(Encrypt(a), Encrypt(b))), _random.ToString());

            using var factor = Group.ReduceSecret(_random.Next(40));
            var product = Key.Multiply(Encrypt(a), factor, Key.DrawNoise(PaillierKeys.Random));
            Assert.True(a * Value(factor) % N == Decrypt(product), _random.ToString());
        }
    }

    [Fact]
    public void Ciphertexts_are_the_textbooks()
    {
        // c^λ = 1 + m·λ·N mod N² with λ = (p₁ − 1)(p₂ − 1), by plain arithmetic.
        using var primes = Key.Export();
        var bytes = new byte[primes.Length];
        primes.CopyTo(bytes);
        var (p1, p2) = (Unsigned(bytes.AsSpan(0, bytes.Length / 2)), Unsigned(bytes.AsSpan(bytes.Length / 2)));
        Assert.Equal(N, p1 * p2);
        var lambda = (p1 - 1) * (p2 - 1);
        var plaintext = Unsigned(_random.Next(200));
        var power = BigInteger.ModPow(Unsigned(Encrypt(plaintext).Bytes), lambda, N * N);
        Assert.Equal(BigInteger.One, power % N);
        Assert.Equal(plaintext * lambda % N, (power - 1) / N % N);
    }

    [Fact]
    public void Equal_plaintexts_have_unequal_ciphertexts()
    {
        using var one = Group.ReduceSecret([1]);
        var ciphertexts = Enumerable.Range(0, 8).Select(_ => Convert.ToHexString(Key.Encrypt(one, Key.DrawNoise(PaillierKeys.Random)).Bytes));
        Assert.Equal(8, ciphertexts.Distinct().Count());
    }

    [Theory]
    [InlineData(1)] // decrypted modulo the first prime alone
    [InlineData(3)] // the most that 1024 bits take
    [InlineData(4)] // decrypted modulo N
    [InlineData(7)] // the most that 2048 bits take
    public void A_bounded_plaintext_is_told_from_every_other(int factors)
    {
        var bound = PlaintextBound.Of(factors);
        Assert.True(Key.Supports(bound));
        var limit = BigInteger.Pow(Order, factors);
        foreach (var good in (BigInteger[])[1, Order - 1, limit - 1, limit - Order + 1])
        {
            Assert.True(Key.DecryptScalar(Encrypt(good), bound).Is(out var scalar, out _));
            Assert.Equal(good % Order, Value(scalar));
        }
        foreach (var bad in (BigInteger[])[0, limit, limit + 1, N - 1, N / 2])
            Assert.Equal(RefusalCode.InputMalformed, Key.DecryptScalar(Encrypt(bad), bound).Refusal?.Code);
        if (factors > 1) Assert.NotNull(Key.DecryptScalar(Encrypt(limit - Order), bound).Refusal);
    }

    [Theory]
    [InlineData(1)] // decrypted together
    [InlineData(2)] // each by itself: 1024 bits have no room for both
    [InlineData(7)]
    public void Two_decrypted_at_once_are_what_each_is_by_itself(int factors)
    {
        var bound = PlaintextBound.Of(factors);
        var limit = BigInteger.Pow(Order, factors);
        BigInteger[] good = [1, Order - 1, limit - 1, limit - Order + 1];
        BigInteger[] bad = [0, limit, limit + 1, limit << 32, N / 2, N - 1];
        foreach (var (first, second) in from first in good from second in good select (first, second))
        {
            var (one, other) = Key.DecryptScalars(Encrypt(first), Encrypt(second), bound);
            Assert.Equal((first % Order, second % Order), (Value(one.Value), Value(other.Value)));
        }

        foreach (var (wrong, right) in bad.Zip(good.Concat(good)))
        {
            var (one, other) = Key.DecryptScalars(Encrypt(wrong), Encrypt(right), bound);
            Assert.Equal(RefusalCode.InputMalformed, one.Refusal?.Code);
            Assert.Equal(right % Order, Value(other.Value));

            (one, other) = Key.DecryptScalars(Encrypt(right), Encrypt(wrong), bound);
            Assert.Equal(right % Order, Value(one.Value));
            Assert.Equal(RefusalCode.InputMalformed, other.Refusal?.Code);
        }
    }

    [Fact]
    public void A_first_plaintext_beyond_its_room_that_the_second_makes_up_for_is_another_pair_in_range()
    {
        // Who sends this could have sent (5, 7).
        var beyond = BigInteger.One << PlaintextBound.Of(1).PairShift;
        var (one, other) = Key.DecryptScalars(Encrypt(5 + beyond), Encrypt(6), PlaintextBound.Of(1));
        Assert.Equal((5, 7), (Value(one.Value), Value(other.Value)));
    }

    [Fact]
    public void A_bound_without_room_is_a_bug_of_the_caller()
    {
        Assert.False(Key.Supports(PlaintextBound.Of(8)));
        Assert.Throws<ArgumentException>(() => Key.DecryptScalar(Encrypt(1), PlaintextBound.Of(8)));
        Assert.Throws<ArgumentException>(() => Key.DecryptScalars(Encrypt(1), Encrypt(1), PlaintextBound.Of(8)));

        // protocols.md §4: one prime serves up to t = 4, 6, 8 for 2048, 3072, 4096 bits, where k = t − 1; 3072 bits serve up to t = 12.
        foreach (var (bits, most) in ((int, int)[])[(1024, 3), (1536, 5), (2048, 7), (3072, 11)])
        {
            Assert.True(PlaintextBound.Of(most).FitsInto(bits));
            Assert.False(PlaintextBound.Of(most + 1).FitsInto(bits));
        }

        // Both plaintexts of a message together: up to t = 2, 3, 4.
        foreach (var (bits, most) in ((int, int)[])[(1024, 1), (1536, 2), (2048, 3)])
        {
            Assert.True(PlaintextBound.Of(most).PairFitsInto(bits));
            Assert.False(PlaintextBound.Of(most + 1).PairFitsInto(bits));
        }
    }

    [Fact]
    public void Plaintexts_that_differ_by_the_first_prime_are_the_same_to_bounded_decryption()
    {
        using var primes = Key.Export();
        var bytes = new byte[primes.Length];
        primes.CopyTo(bytes);
        var p1 = Unsigned(bytes.AsSpan(0, bytes.Length / 2));
        Assert.Equal(5, Value(Key.DecryptScalar(Encrypt(p1 + 5), PlaintextBound.Of(1)).Value));
        Assert.Equal((p1 + 5) % Order, Value(Key.DecryptScalar(Encrypt(p1 + 5), PlaintextBound.Of(5)).Value)); // this one is decrypted modulo N
    }

    [Fact]
    public void Numbers_that_are_no_ciphertexts_are_refused()
    {
        using var primes = Key.Export();
        var bytes = new byte[primes.Length];
        primes.CopyTo(bytes);
        var p1 = Unsigned(bytes.AsSpan(0, bytes.Length / 2));
        var p2 = Unsigned(bytes.AsSpan(bytes.Length / 2));
        foreach (var bad in (BigInteger[])[0, N, p1, p2 * 3, N * (N - 1), p1 * p1, N * N, (N * N) + 1, BigInteger.Pow(2, 4096) - 1])
            Assert.Equal(RefusalCode.InputMalformed, Key.Read(Bytes(bad, 512)).Refusal?.Code);
        Assert.Null(Key.Read(Bytes(1, 512)).Refusal);
        Assert.Null(Key.Read(Bytes((N * N) - 1, 512)).Refusal);
        Assert.NotNull(Key.Read(Bytes(1, 511)).Refusal);
        Assert.NotNull(Key.Read(Bytes(1, 513)).Refusal);
    }

    [Fact]
    public void Noise_serves_once_and_a_pool_is_bounded()
    {
        var noise = Key.DrawNoise(PaillierKeys.Random);
        using var one = Group.ReduceSecret([1]);
        Key.Encrypt(one, noise);
        Assert.Throws<InvalidOperationException>(() => Key.Encrypt(one, noise));

        using var pool = new PaillierNoisePool(Key, 2);
        Assert.True(pool.FillOne(PaillierKeys.Random));
        Assert.True(pool.FillOne(PaillierKeys.Random));
        Assert.False(pool.FillOne(PaillierKeys.Random));
        Assert.Equal(2, pool.Count);
        PaillierNoise[] taken = [pool.Take(PaillierKeys.Random), pool.Take(PaillierKeys.Random), pool.Take(PaillierKeys.Random)];
        Assert.Equal(3, taken.Distinct().Count());
        Assert.Equal(0, pool.Count);
        foreach (var each in taken) Key.Encrypt(one, each);
    }

    private static BigInteger N => Unsigned(Key.Modulus);

    private static BigInteger Order => Unsigned(Convert.FromHexString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"));

    private static PaillierCiphertext Encrypt(BigInteger plaintext)
    {
        using var secret = SecretBytes.Take(Bytes(plaintext, 256));
        return Key.Encrypt(secret, Key.DrawNoise(PaillierKeys.Random));
    }

    private static BigInteger Decrypt(PaillierCiphertext ciphertext)
    {
        using var secret = Key.Decrypt(ciphertext);
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return Unsigned(bytes);
    }

    private static BigInteger Value(SecretScalar scalar)
    {
        using var revealed = scalar.ToSecret();
        var bytes = new byte[32];
        revealed.CopyTo(bytes);
        return Unsigned(bytes);
    }

    private static BigInteger Unsigned(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger value, int length)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Math.Max(0, length - bytes.Length)], .. bytes];
    }
}
