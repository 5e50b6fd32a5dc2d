using System.Text;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Demo;

/// <summary>What nobody approved, and what nobody may have, is refused by the enclaves, each time with its code.</summary>
internal static class RefusalAct
{
    public static async Task PlayAsync(Stage stage)
    {
        stage.Narrator.Act("What the enclaves refuse");
        var key = await stage.KeyAsync(1, Stage.Treasury);
        var payment = new SigningSubject.EthereumTransaction(stage.Transaction.EncodeUnsigned());
        var request = stage.Requests.Sign(key, Stage.Account, payment, "a payment");
        var approvals = stage.Requests.Approve(request, Stage.Quorum);

        await RefusedAsync(stage, "one approval short", request, stage.Requests.Approve(request, Stage.Quorum - 1), RefusalCode.ApprovalQuorum);
        await RefusedAsync(stage, "the approval of one administrator, sent twice", request, [approvals[0], approvals[0]], RefusalCode.ApprovalQuorum);
        await RefusedAsync(stage, "a request that was changed after its approval", Tampered(stage, request), approvals, RefusalCode.ApprovalInvalid);
        await RefusedAsync(stage, "an approved request that has expired", Changed(request, sign => sign with { Expires = sign.Expires.AddDays(-1) }), null, RefusalCode.RequestExpired);
        await RefusedAsync(
            stage, "a path that the policy doesn't allow", Changed(request, sign => sign with { Path = DerivationPath.Parse("m/44'/60'/0'/1/0").Value }), null, RefusalCode.PolicyPath);
        await RefusedAsync(
            stage,
            "a raw digest under a policy that allows transactions only",
            Changed(request, sign => sign with { Subject = new SigningSubject.Digest(Hash256.Sha256("anything"u8)) }),
            null,
            RefusalCode.PolicyAlgorithm);
        await RefusedAsync(stage, "a key of cluster 1 asked of cluster 3", Changed(request, sign => sign with { Cluster = Stage.Cluster(3) }), null, RefusalCode.KeyUnknown);
        Refused(
            stage, "an audit signature over more than 8 bytes", await stage.Grid.Client.AuditSignAsync(Stage.Cluster(1), Stage.Treasury, 1, new byte[9], stage.Cancellation), RefusalCode.AuditTooLong);
        await ForeignNodeAsync(stage);
    }

    /// <summary>A hostile silo carries what a node of cluster 2 says to a holder in cluster 1, enclave socket to enclave socket.</summary>
    private static async Task ForeignNodeAsync(Stage stage)
    {
        var (foreign, holder) = (new NodeId(Stage.Cluster(2), 1), new NodeId(Stage.Cluster(1), 1));
        await using var joiner = new EnclaveConnection(stage.Grid.Node(foreign).Socket);
        await using var keeper = new EnclaveConnection(stage.Grid.Node(holder).Socket);
        var plea = Stage.Must(await joiner.AskAsync(new JoinCall(KeyId.Parse("spare")), stage.Cancellation), "the foreign node's own statement");
        Refused(stage, $"node {foreign} asks node {holder} for a key of cluster 1", await keeper.AskAsync(new ReleaseCall(plea), stage.Cancellation), RefusalCode.NodeForeign);
    }

    private static async Task RefusedAsync(Stage stage, string what, RequestDocument request, IReadOnlyList<Approval>? approvals, RefusalCode expected)
    {
        var outcome = await stage.Requests.ExecuteAsync(request, null, approvals ?? stage.Requests.Approve(request, Stage.Quorum), stage.Cancellation);

        // A filed request that was refused says so in its status.
        if (outcome.Is(out var status, out _) && status is { State: not "done", Refusal: { } problem } && RefusalCodes.TryParse(problem.Code, out var code))
            outcome = new Refusal(code, problem.Detail);
        Refused(stage, what, outcome, expected);
    }

    private static void Refused<T>(Stage stage, string what, Outcome<T> outcome, RefusalCode expected)
        where T : notnull
    {
        if (outcome.Is(out _, out var refusal)) throw new DemonstrationFailedException($"{what} was not refused");
        if (refusal.Code != expected) throw new DemonstrationFailedException($"{what}: refused as {refusal}, expected {expected.Name()}");
        stage.Record.Refuse(what, refusal);
        stage.Narrator.Refused(what, $"{refusal.Code.Name()} ({refusal.Detail})");
    }

    private static RequestDocument Changed(RequestDocument request, Func<SignRequest, SignRequest> change) =>
        RequestDocument.Of(change((SignRequest)request.Request) with { Id = LocalRequests.NewId() });

    // The same id and all else, but the money goes elsewhere.
    private static RequestDocument Tampered(Stage stage, RequestDocument request)
    {
        var mine = stage.Transaction.To is { } to ? Hex.Encode(to.AsSpan())[2..] : null;
        var text = Encoding.UTF8.GetString(request.Utf8.Span);
        var changed = mine is null ? text.Replace("\"a payment\"", "\"another payment\"", StringComparison.Ordinal) : text.Replace(mine, new string('6', mine.Length), StringComparison.Ordinal);
        changed = changed.Replace(request.Request.Id.ToString(), LocalRequests.NewId().ToString(), StringComparison.Ordinal);
        return RequestDocument.Parse(Encoding.UTF8.GetBytes(changed)).Value;
    }
}
