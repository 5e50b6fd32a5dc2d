using VaultGrid.Testing;

namespace VaultGrid.Crypto.Tests;

public sealed class WycheproofPrimalityTests
{
    [Fact]
    public void Primes_and_composites_are_told_apart_as_published() =>
        WycheproofFile.RunAll("primality_test.json", vector =>
        {
            // Two's complement, as Java writes it. Ours has no negative numbers: they are no primes and never get here as such.
            var bytes = vector.Bytes("value");
            if (bytes.Length > 0 && bytes[0] >= 0x80) return vector.IsValid ? "a negative prime?" : null;

            using var number = SecretInteger.FromBytes(bytes);
            var isPrime = number.IsProbablePrimeVarTime();
            return isPrime == vector.IsValid ? null : $"prime = {isPrime}";
        });

    [Fact]
    public void The_test_for_primes_of_Paillier_keys_agrees_wherever_it_applies()
    {
        var ran = 0;
        WycheproofFile.RunAll("primality_test.json", vector =>
        {
            var bytes = vector.Bytes("value").AsSpan().TrimStart((byte)0);
            if (bytes.Length < 2 || vector.Bytes("value")[0] >= 0x80 || (bytes[^1] & 3) != 3) return null;
            using var number = Limbs.FromBytes(bytes, (bytes.Length + 7) / 8);
            ran++;
            return PaillierPrimes.IsPrimeVarTime(number, PaillierKeys.Random) == vector.IsValid ? null : "disagrees";
        });
        Assert.True(ran > 20, $"only {ran}");
    }
}
