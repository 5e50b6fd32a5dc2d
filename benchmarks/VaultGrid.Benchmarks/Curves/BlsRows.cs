using System.Security.Cryptography;
using VaultGrid.Crypto.Bls12381;

namespace VaultGrid.Benchmarks;

/// <summary>BLS12-381 as it is written here: milliseconds on one core.</summary>
internal static class BlsRows
{
    private const string OnePairing = "pairing BLS12-381";

    public static void Measure(Report report, Effort effort)
    {
        var message = RandomNumberGenerator.GetBytes(32);
        using var key = BlsSecretKey.Generate(SecretBytes.Random(32));
        var signature = key.Sign(message);
        var (p, q) = (key.PublicKey.Point, signature.Point);

        report.Add(OnePairing, "ms", Milliseconds(effort, () => _ = Pairing.Compute(p, q)));
        report.Add("BLS12-381 signature", "ms", Milliseconds(effort, () => key.Sign(message)), OnePairing);
        report.Add("BLS12-381 verification", "ms", Milliseconds(effort, () => Require(key.PublicKey.Verify(message, signature))), OnePairing);
    }

    private static void Require(bool valid)
    {
        if (!valid) throw new BenchmarkException("a BLS signature was not valid");
    }

    private static Sample Milliseconds(Effort effort, Action operation) => Rate.OfOneCore(effort, operation).Inverse(1000);
}
