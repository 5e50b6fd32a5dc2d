using System.Globalization;

namespace VaultGrid.Demo;

/// <summary>Keys that no cluster holds: dealt, used by two of three and by three of five clusters, and still used when a cluster is dead.</summary>
internal static class ThresholdAct
{
    private static readonly KeyId TwoOfThree = KeyId.Parse("vault-2-of-3");
    private static readonly KeyId ThreeOfFive = KeyId.Parse("vault-3-of-5");
    private static readonly DerivationPath Account = DerivationPath.Parse("m/44/60/0/0/0").Value;

    public static async Task PlayAsync(Stage stage)
    {
        var (grid, narrator) = (stage.Grid, stage.Narrator);
        var subject = new SigningSubject.EthereumTransaction(stage.Transaction.EncodeUnsigned());
        narrator.Act("A key that no cluster holds: an offline dealer shares it, clusters 1 and 3 sign with it together");
        var key = await DealAsync(stage, TwoOfThree, 2, 3);

        // Cluster 2 is away: what two of three sign, these two sign.
        await KillAsync(stage, 2);
        var together = await SignAsync(stage, key, subject, "clusters 1 and 3 together");
        Expect(together, 1, 3);
        narrator.Done($"clusters 1 and 3 signed the transaction for {together.Address}; neither of them holds the private key");

        narrator.Act("A cluster dies, and the next signature still comes");
        await ReviveAsync(stage, 2);
        await KillAsync(stage, 1);
        var without = await SignAsync(stage, key, subject, "after cluster 1 died");
        Expect(without, 2, 3);
        narrator.Done($"clusters 2 and 3 signed, by themselves: session {Short(without)} chose others");
        await ReviveAsync(stage, 1);

        narrator.Act("Three of five");
        var wide = await DealAsync(stage, ThreeOfFive, 3, 5);
        Expect(await SignAsync(stage, wide, subject, "three of five clusters"), 1, 2, 3);
        await KillAsync(stage, 2);
        var three = await SignAsync(stage, wide, subject, "three of five, one dead");
        Expect(three, 1, 3, 4);
        narrator.Done("clusters 1, 3 and 4 signed while cluster 2 was dead");
        await ReviveAsync(stage, 2);
        var tries = Stage.Must(await grid.Client.GetSessionAsync(three.Session!.Value, stage.Cancellation), "the session's journal").Tries;
        narrator.Say($"its journal: {string.Join("; ", tries.Select(one => $"{string.Join(", ", one.Participants)} {(one.Mishaps.Count == 0 ? "signed" : one.Mishaps[0].Code)}"))}");
    }

    private static async Task<KeyStatus> DealAsync(Stage stage, KeyId name, int threshold, int clusters)
    {
        var policy = stage.Grid.Ceremony.Policy(name, Stage.Quorum, [SigningAlgorithm.EthereumTransaction], [GridAct.Pattern("m/44/60/*/0/*")]);
        var key = await stage.Grid.DealKeyAsync(policy, threshold, [.. stage.Grid.Clusters.Take(clusters)], stage.Cancellation);
        stage.Narrator.Done(string.Create(
            CultureInfo.InvariantCulture, $"'{name}': {threshold} of {clusters} clusters sign; every node of them checked its shares against the manifest that two administrators approved"));
        return key;
    }

    private static async Task<SignatureStatus> SignAsync(Stage stage, KeyStatus key, SigningSubject subject, string purpose)
    {
        var request = stage.Requests.Sign(key, Account, subject, purpose);
        var approvals = stage.Requests.Approve(request, Stage.Quorum);
        var status = Stage.Must(await stage.Requests.ExecuteAsync(request, null, approvals, stage.Cancellation), purpose);
        var signature = status.Signature ?? throw new DemonstrationFailedException($"{purpose}: {status.Refusal?.Code ?? status.State} instead of a signature");
        Signatures.Verify(signature, request);

        // Whoever asks any of its clusters is shown the same root.
        var root = Stage.Must(await stage.Grid.Client.GetAccountAsync(signature.Node.Cluster, key.KeyId, DerivationPath.Master, stage.Cancellation), "the key's xpub");
        stage.Record.Sign(signature, "threshold-ecdsa", root, request, approvals);
        return signature;
    }

    private static async Task KillAsync(Stage stage, uint cluster)
    {
        foreach (var node in stage.Grid.Nodes.Where(node => node.Id.Cluster.Number == cluster)) await node.Process.KillAsync();
        stage.Narrator.Say($"killed every node of cluster {cluster}");
    }

    private static async Task ReviveAsync(Stage stage, uint cluster)
    {
        await Task.WhenAll(stage.Grid.Nodes.Where(node => node.Id.Cluster.Number == cluster).Select(node => stage.Grid.RestartAsync(node.Id, stage.Cancellation)));
        await stage.Grid.SynchroniseAsync(Stage.Cluster(cluster), stage.Cancellation);
    }

    private static void Expect(SignatureStatus signature, params uint[] clusters)
    {
        var signed = signature.Participants?.Select(node => node.Cluster.Number).ToArray() ?? [];
        if (!signed.SequenceEqual(clusters))
            throw new DemonstrationFailedException($"clusters {string.Join(", ", signed)} signed, not {string.Join(", ", clusters)}");
    }

    private static string Short(SignatureStatus signature) => signature.Session!.Value.ToString()[..10];
}
