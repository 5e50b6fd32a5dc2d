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
}
