using System.Security.Cryptography;

namespace VaultGrid.Benchmarks;

/// <summary>What the libraries do alone, and what they allow at best.</summary>
internal static class RawRows
{
    public const string SignOne = "raw libsecp256k1 signature, 1 core";
    public const string VerifyOne = "raw P-256 verification, 1 core";
    public const string Bound = "what the cryptography alone allows on both cores";

    public static void Measure(Report report, Effort effort)
    {
        report.Add(SignOne, "1/s", Rate.OfOneCore(effort, Libsecp256k1.Signing()));
        report.Add("raw libsecp256k1 signature, 2 cores", "1/s", Rate.Of(effort, 2, Libsecp256k1.Signing), SignOne);
        report.Add(VerifyOne, "1/s", Rate.OfOneCore(effort, Verifying()));
        report.Add("raw P-256 verification, 2 cores", "1/s", Rate.Of(effort, 2, Verifying), VerifyOne);
    }

    /// <summary>The cryptography of one approved signature: the signature itself and the verification of two approvals.</summary>
    public static Action Approved()
    {
        var (sign, verify) = (Libsecp256k1.Signing(), Verifying());
        return () =>
        {
            verify();
            verify();
            sign();
        };
    }

    private static Action Verifying()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var digest = RandomNumberGenerator.GetBytes(32);
        var signature = key.SignHash(digest);
        return () =>
        {
            if (!key.VerifyHash(digest, signature)) throw new BenchmarkException("P-256 verification failed");
        };
    }
}
