using System.Security.Cryptography;
using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Benchmarks;

/// <summary>
/// The limit that shared keys are held against: nothing but the group operations of one use, of all who take part and of whoever aggregates and verifies, on one core. No
/// processes, no messages, no signatures on messages, no approvals.
/// </summary>
internal sealed class BareGroupRows(HolderSet holders)
{
    private readonly (int Parties, int Degree, int Signers) _n = (holders.Nodes.Length, holders.Faulty, holders.Signers);

    public string Schnorr => $"Schnorr, bare group operations, {_n.Signers} signers";

    public string Bls => $"BLS, bare group operations, {_n.Signers} signers";

    public string Dise => $"DiSE, bare group operations, {_n.Signers} holders";

    public string Generation(KeyKind kind) => $"DKG {(kind == KeyKind.Bls ? "BLS" : "Schnorr")}, bare group operations, ({_n.Parties},{_n.Degree})";

    public void Measure(Report report, Effort effort)
    {
        report.Add(Generation(KeyKind.FrostSecp256k1), "ms", Milliseconds(effort, Generation(PrimeGroup.Secp256k1)));
        report.Add(Generation(KeyKind.Bls), "ms", Milliseconds(effort, Generation(PrimeGroup.Bls12381G1)));
        report.Add(Schnorr, "ms", Milliseconds(effort, Group(PrimeGroup.Secp256k1, secret: 2 * _n.Signers, open: SchnorrOpen(_n.Signers))));
        report.Add(Bls, "ms", Milliseconds(effort, BlsUse(_n.Signers)));
        // Each holder: the evaluation and a proof of two; the requester: two checks of two for each, and the combination.
        report.Add(Dise, "ms", Milliseconds(effort, Group(PrimeGroup.Ristretto255, secret: 3 * _n.Signers, open: 5 * _n.Signers)));
    }

    // Everybody computes R from all commitments; the aggregator too, and checks each share (two products) and the signature (two).
    private static int SchnorrOpen(int signers) => (signers * signers) + signers + (2 * signers) + 2;

    // Each dealer: f + 1 coefficients and a proof of one. Each receiver, of each other dealer: the elements read, a proof of two products, the share in the exponent; then its own new share.
    private Action Generation(PrimeGroup group)
    {
        var (dealt, others) = (_n.Parties * (_n.Degree + 2), _n.Parties * (_n.Parties - 1));
        var multiply = Group(group, secret: dealt + (_n.Parties * _n.Parties) + _n.Parties, open: 2 * others);
        var encoded = group.Generator.MultiplyVarTime(group.Reduce(RandomNumberGenerator.GetBytes(64))).Bytes.ToArray();
        return () =>
        {
            multiply();
            for (var i = 0; i < others * (_n.Degree + 2); i++)
            {
                if (group.Decode(encoded).Refusal is not null) throw new BenchmarkException("an element was not read");
            }
        };
    }

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
