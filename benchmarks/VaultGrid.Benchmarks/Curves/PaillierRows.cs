using System.Security.Cryptography;

namespace VaultGrid.Benchmarks;

/// <summary>Paillier with a 3072-bit modulus against the constant-time exponentiations that GMP needs for it; milliseconds on one core.</summary>
internal static class PaillierRows
{
    private const int Bits = 3072;
    private const string Half = "raw GMP exponentiation, 3072-bit modulus, 1536-bit exponent";

    public static void Measure(Report report, Effort effort)
    {
        report.Add(Half, "ms", Of(effort, LibGmp.Exponentiation(Bits, Bits / 2)));
        report.Add("raw GMP exponentiation, 6144-bit modulus, 3072-bit exponent", "ms", Of(effort, LibGmp.Exponentiation(2 * Bits, Bits)), Half);

        using var random = RandomNumberGenerator.Create();
        using var key = PaillierPrivateKey.Generate(random);
        using var plaintext = SecretBytes.Random(32, random);
        var ciphertext = Encrypt(key, plaintext, random);
        report.Add("Paillier 3072 noise (rho^N)", "ms", Of(effort, () => key.DrawNoise(random).Dispose()), Half);
        report.Add("Paillier 3072 encryption, noise included", "ms", Of(effort, () => Encrypt(key, plaintext, random)), Half);
        report.Add("Paillier 3072 decryption", "ms", Of(effort, () => key.Decrypt(ciphertext).Dispose()), Half);
        report.Add("Paillier 3072 decryption of A and B, 2-of-3", "ms", Of(effort, () => DecryptPair(key, ciphertext)), Half);
    }

    private static PaillierCiphertext Encrypt(PaillierPrivateKey key, SecretBytes plaintext, RandomNumberGenerator random)
    {
        using var noise = key.DrawNoise(random);
        return key.Encrypt(plaintext, noise);
    }

    private static void DecryptPair(PaillierPrivateKey key, PaillierCiphertext ciphertext)
    {
        var (a, b) = key.DecryptScalars(ciphertext, ciphertext, PlaintextBound.Of(1));
        a.Value.Dispose();
        b.Value.Dispose();
    }

    private static Sample Of(Effort effort, Action operation) => Rate.OfOneCore(effort, operation).Inverse(1000);
}
