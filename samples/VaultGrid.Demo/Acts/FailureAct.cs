namespace VaultGrid.Demo;

/// <summary>A node dies, others serve, and it comes back to what it missed.</summary>
internal static class FailureAct
{
    private static readonly KeyId Payroll = KeyId.Parse("payroll");

    public static async Task PlayAsync(Stage stage)
    {
        var (grid, narrator) = (stage.Grid, stage.Narrator);
        narrator.Act("A node dies");
        var subject = new SigningSubject.EthereumTransaction(stage.Transaction.EncodeUnsigned());
        var victim = (await stage.SignAsync(1, Stage.Treasury, "ethereum", subject, "before the failure")).Node;
        await grid.Node(victim).Process.KillAsync();
        narrator.Say($"killed the enclave of node {victim}, which signed last");
        var after = await stage.SignAsync(1, Stage.Treasury, "ethereum", subject, "after the failure");
        if (after.Node == victim) throw new DemonstrationFailedException($"node {victim} was killed and signed");
        narrator.Done($"the next request was signed by node {after.Node}: the dead node was passed over, without an error");

        var maker = after.Node;
        var policy = grid.Ceremony.Policy(Payroll, Stage.Quorum, [SigningAlgorithm.EthereumTransaction], [GridAct.Pattern("m/44'/60'/*'/0/*")]);
        await stage.Requests.DoAsync(stage.Requests.NewKey(maker, policy), policy.ToUtf8(), Stage.Quorum, stage.Cancellation);
        narrator.Done($"meanwhile node {maker} made the key 'payroll', of which node {victim} knows nothing");

        narrator.Act("The node comes back");
        await grid.RestartAsync(victim, stage.Cancellation);
        await grid.SynchroniseAsync(victim.Cluster, stage.Cancellation);
        var status = Stage.Must(await grid.Client.GetNodeAsync(victim, stage.Cancellation), $"node {victim}");
        if (status.Phase != "member" || status.Keys.All(key => key.KeyId != Payroll))
            throw new DemonstrationFailedException($"node {victim} is {status.Phase} and holds {string.Join(", ", status.Keys.Select(key => key.KeyId))}");
        _ = await SigningAct.AuditAsync(stage, victim.Cluster.Number, victim.Index);
        narrator.Done($"node {victim} is a member again, holds 'treasury' and got 'payroll' from another node's enclave");
    }
}
