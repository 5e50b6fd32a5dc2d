using System.Security.Cryptography;
using VaultGrid.Protocols.Sessions;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Protocols.Tests.ThresholdEcdsa;

public sealed class SigningTests
{
    // Every ordered combination up to 60 of them; a sample of the rest, the reversed order among it.
    private const int MostCombinations = 60;

    public static TheoryData<int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int>();
            for (var clusters = 2; clusters <= 6; clusters++)
                for (var threshold = 2; threshold <= Math.Min(4, clusters); threshold++)
                    sizes.Add(clusters, threshold);
            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_ordered_combination_signs_for_the_key_and_its_children(int clusters, int threshold)
    {
        var key = DealtKeys.Of(clusters, threshold);
        foreach (var (participants, round) in Combinations(clusters, threshold).Select((c, i) => (c, i)))
        {
            var path = round % 3 == 0 ? "m" : $"m/{round}/{RandomNumberGenerator.GetInt32(int.MaxValue)}";
            var approved = SigningNetwork.Approve(path, round == 1 ? new byte[32] : round == 2 ? [.. Enumerable.Repeat((byte)0xff, 32)] : null);
            using var network = new SigningNetwork(key, participants, approved, prepared: round % 2 == 1);
            var signature = network.Sign();
            Assert.True(signature is not null, $"{string.Join(' ', participants)}: {network.Fault}");
            AssertValid(key, approved, signature);
            Assert.All(network.Runs, run => Assert.True(run.HasEnded));
        }
    }

    [Fact]
    public void Many_sessions_of_one_key_run_through_one_another()
    {
        var key = DealtKeys.Of(3, 2);
        var approved = Enumerable.Range(0, 6).Select(_ => SigningNetwork.Approve()).ToArray();
        var networks = approved.Select((a, i) => new SigningNetwork(key, i % 2 == 0 ? [1, 3] : [3, 2], a)).ToArray();
        var points = networks.Select(n => n.Receive(1, n.Runs[0].Opening[0]).Send[0]).ToArray();
        var firsts = networks.Reverse().Select((n, i) => n.Receive(0, points[^(i + 1)]).Send[0]).Reverse().ToArray();
        for (var i = 0; i < networks.Length; i++)
            AssertValid(key, approved[i], EcdsaResult.Read(networks[i].Receive(1, firsts[i]).Send[0]).Value);
    }

    [Fact]
    public void Every_signature_has_a_nonce_of_its_own_even_from_one_presignature_in_two_copies_of_memory()
    {
        // Two enclaves restored from one snapshot would hold the same secrets: δ differs all the same, so nothing follows from two signatures.
        var key = DealtKeys.Of(3, 2);
        var digest = RandomNumberGenerator.GetBytes(32);
        var nonces = new HashSet<string>();
        for (var i = 0; i < 8; i++)
        {
            var approved = SigningNetwork.Approve(digest: digest);
            using var network = new SigningNetwork(key, [1, 2], approved, prepared: i % 2 == 0);
            var signature = network.Sign()!;
            Assert.True(nonces.Add(Convert.ToHexString(signature.R)));
            var sent = network.Log.Where(m => m.Body.Length >= 33).Select(m => Convert.ToHexString(m.Body[^32..]));
            Assert.DoesNotContain(Convert.ToHexString(signature.R), sent);
        }
    }

    [Fact]
    public void An_audit_is_signed_by_the_shares_that_take_part()
    {
        var key = DealtKeys.Of(4, 3);
        var subject = new SessionSubject.Audit([1, 2, 3, 4, 5, 6, 7, 8]);
        var approved = new ApprovedMessage(subject.Approval!.Value, SHA256.HashData([9]), DerivationPath.Master);
        using var network = new SigningNetwork(key, [4, 2, 1], approved, header: SigningNetwork.NewHeader([4, 2, 1], subject));
        AssertValid(key, approved, network.Sign()!);
        Assert.Throws<ArgumentException>(() => new SessionSubject.Audit(new byte[9]));
    }

    internal static void AssertValid(IReadOnlyList<ThresholdShare> key, ApprovedMessage approved, EcdsaSignature signature)
    {
        var account = key[0].Statement.ExtendedPublicKey.Derive([.. approved.Path.Steps]).Value.PublicKey;
        Assert.True(account.Verify(approved.Message, signature));
        Assert.True(signature.IsLowS);
        Assert.Equal(account, signature.Recover(approved.Message).Value);
    }

    private static List<uint[]> Combinations(int clusters, int threshold)
    {
        var all = Ordered([], clusters, threshold).ToList();
        if (all.Count <= MostCombinations) return all;
        return [all[^1], .. RandomNumberGenerator.GetItems<uint[]>([.. all], 12)];
    }

    private static IEnumerable<uint[]> Ordered(uint[] begun, int clusters, int threshold) => begun.Length == threshold
        ? [begun]
        : Enumerable.Range(1, clusters).Select(c => (uint)c).Except(begun).SelectMany(c => Ordered([.. begun, c], clusters, threshold));
}
