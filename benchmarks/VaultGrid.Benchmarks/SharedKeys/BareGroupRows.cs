using System.Security.Cryptography;
using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Benchmarks;

/// <summary>
/// The limit that shared keys are held against: nothing but the group operations of one use, of all signers and of whoever aggregates and verifies, on one core. No processes, no
/// messages, no signatures on messages, no approvals.
/// </summary>
internal static class BareGroupRows
{
    public static string Schnorr(int signers) => $"Schnorr, bare group operations, {signers} signers";

    public static string Bls(int signers) => $"BLS, bare group operations, {signers} signers";

    public static string Dise(int signers) => $"DiSE, bare group operations, {signers} holders";

    public static void Measure(Report report, Effort effort, int signers)
    {
        report.Add(Schnorr(signers), "ms", Milliseconds(effort, Group(PrimeGroup.Secp256k1, secret: 2 * signers, open: SchnorrOpen(signers))));
        report.Add(Bls(signers), "ms", Milliseconds(effort, BlsUse(signers)));
        // Each holder: the evaluation and a proof of two; the requester: two checks of two for each, and the combination.
        report.Add(Dise(signers), "ms", Milliseconds(effort, Group(PrimeGroup.Ristretto255, secret: 3 * signers, open: 5 * signers)));
    }

    // Everybody computes R from all commitments; the aggregator too, and checks each share (two products) and the signature (two).
    private static int SchnorrOpen(int signers) => (signers * signers) + signers + (2 * signers) + 2;

    private static Action Group(PrimeGroup group, int secret, int open)
    {
        var scalar = group.Reduce(RandomNumberGenerator.GetBytes(64));
        var point = group.Generator.MultiplyVarTime(scalar);
        return () =>
        {
            for (var i = 0; i < secret; i++)
            {
                using var nonce = group.RandomSecret();
                _ = nonce.TimesGenerator();
            }

            for (var i = 0; i < open; i++) _ = point.MultiplyVarTime(scalar);
        };
    }

    private static Action BlsUse(int signers)
    {
        var message = RandomNumberGenerator.GetBytes(32);
        var key = BlsSecretKey.Generate(SecretBytes.Random(32));
        var signature = key.Sign(message);
        return () =>
        {
            // Each signer signs; the aggregator checks all parts and the sum with one verification's worth of pairings.
            for (var i = 0; i < signers; i++) _ = key.Sign(message);
            if (!key.PublicKey.Verify(message, signature)) throw new BenchmarkException("a BLS signature was not valid");
        };
    }

    private static Sample Milliseconds(Effort effort, Action operation) => Rate.OfOneCore(effort, operation).Inverse(1000);
}
