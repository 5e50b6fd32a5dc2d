namespace VaultGrid.Demo;

/// <summary>From processes to clusters that hold keys.</summary>
internal static class GridAct
{
    public static async Task PlayAsync(Stage stage)
    {
        var (grid, narrator) = (stage.Grid, stage.Narrator);
        narrator.Act("The grid comes up");
        await grid.StartAsync(stage.Cancellation);
        narrator.Done($"{grid.Nodes.Count} enclaves answer at their sockets, the relay at {grid.Address.Authority} (mutual TLS 1.3)");

        narrator.Act("Every node makes its D key, asks for a certificate, and is pinned to the Root CA and the administrators");
        await grid.CertifyAsync(stage.Cancellation);
        await grid.FormClustersAsync(stage.Cancellation);
        narrator.Done($"{grid.Nodes.Count} nodes are certified; administrators approved who belongs to which cluster");

        narrator.Act("Each cluster makes its key in one enclave and duplicates it to its other nodes, enclave to enclave");
        await Task.WhenAll(grid.Clusters.Select(cluster => grid.CreateKeyAsync(cluster, TreasuryPolicy(grid), stage.Cancellation)));
        narrator.Done("key 'treasury' in every cluster: signs Ethereum transactions, two of three administrators, nothing else");
        await grid.CreateKeyAsync(Stage.Cluster(2), NotaryPolicy(grid), stage.Cancellation);
        narrator.Done("key 'notary' in cluster 2: its policy also allows raw digests");
        foreach (var cluster in grid.Clusters)
        {
            var account = await stage.AccountAsync(cluster.Number, Stage.Treasury, Stage.Account);
            narrator.Say($"cluster {cluster}, {account.Path}: {account.Ethereum}");
        }
    }

    public static PathPattern Pattern(string text) => PathPattern.TryParse(text, out var pattern) ? pattern : throw new InvalidOperationException("A fixed pattern.");

    private static KeyPolicy TreasuryPolicy(LocalVaultGrid grid) =>
        grid.Ceremony.Policy(Stage.Treasury, Stage.Quorum, [SigningAlgorithm.EthereumTransaction], [Pattern("m/44'/60'/*'/0/*")]);

    private static KeyPolicy NotaryPolicy(LocalVaultGrid grid) =>
        grid.Ceremony.Policy(Stage.Notary, Stage.Quorum, [SigningAlgorithm.EthereumTransaction, SigningAlgorithm.EcdsaSecp256k1], [Pattern("m/44'/60'/*'/0/*")]);
}
