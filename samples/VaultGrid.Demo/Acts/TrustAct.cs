using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Demo;

/// <summary>Five operators, of whom three decide which HSMs serve: two who lie and two who sulk win nothing.</summary>
internal sealed class TrustAct(Stage stage) : IDisposable
{
    public const int Quorum = 3;

    private readonly TrustId _chain = LocalTrusts.NewChain();
    private readonly List<LocalOperator> _keyed = [.. Enumerable.Range(1, 4).Select(number => stage.Grid.Ceremony.Operator((uint)number))];
    private readonly DomainId _ownDomain = LocalTrusts.NewDomain();

    /// <summary>The HSMs: a node of each cluster.</summary>
    public static IReadOnlyList<NodeId> Hsms { get; } = [.. Enumerable.Range(1, 3).Select(cluster => new NodeId(Stage.Cluster((uint)cluster), 1))];

    /// <summary>Operators 1 and 2, who are honest.</summary>
    public IReadOnlyList<LocalOperator> Honest => [.. _keyed.Take(2)];

    /// <summary>Operators 3 and 4, who are not.</summary>
    public IReadOnlyList<LocalOperator> Dishonest => [.. _keyed.Skip(2)];

    private ITrustGrid Grid => stage.Grid.Client.Trusts;

    public static async Task PlayAsync(Stage stage)
    {
        using var act = new TrustAct(stage);
        var first = await act.BootstrapAsync();
        using var fifth = await OwnKey.MakeAsync(stage, act._chain, act._ownDomain, 5);
        stage.Narrator.Done($"operator 5's signing key was made inside an HSM: Domain {act._ownDomain}, certified like any other");
        var trust = await act.FirstOfOperatorsAsync(first, fifth);
        await act.FalseHsmAsync(trust);
        await DomainAct.PlayAsync(stage, act, fifth, trust);
    }

    /// <summary>Files a Trust, has the honest sign it, operator 5 by the key in the Domain, and an HSM seal it.</summary>
    public async Task<Trust> MakeAsync(TrustBody body, OwnKey fifth)
    {
        _ = await stage.Grid.Trusts.FileAsync(body, Honest, stage.Cancellation);
        var own = await fifth.SignAsync(body);
        _ = Stage.Must(await Grid.SignTrustAsync(body.Hash, new TrustSignature(own.Certificate.Der, own.Bytes), stage.Cancellation), "operator 5's signature");
        var status = Stage.Must(await Grid.SealTrustAsync(body.Hash, new TrustSealing(), stage.Cancellation), $"Trust {body.Number}");
        var trust = Stage.Must(Trust.Parse(status.Document!.Value.Span, new CertificateCache()), $"Trust {body.Number}");
        stage.Record.Keep(trust);
        return trust;
    }

    public void Dispose()
    {
        foreach (var each in _keyed) each.Dispose();
    }

    private async Task<Trust> BootstrapAsync()
    {
        stage.Narrator.Act("Trusts: operators decide which HSMs serve data keys. First, a beginning");
        var hsms = new List<TrustHsm>();
        foreach (var node in Hsms) hsms.Add(await stage.Grid.Trusts.HsmAsync(_chain, node, stage.Cancellation));
        stage.Narrator.Done($"nodes {string.Join(", ", Hsms)} made a wrap key each for chain {_chain} and signed it with their D keys");

        var body = LocalTrusts.Write(null, _chain, hsms, [], 0);
        var status = await ApprovedAsync(body);
        stage.Narrator.Done("a Bootstrap Trust without operators, approved by two administrators, once: it serves the operators' own keys alone");
        var trust = Stage.Must(Trust.Parse(status.Document!.Value.Span, new CertificateCache()), "the Bootstrap Trust");
        stage.Record.Keep(trust);
        return trust;
    }

    private async Task<Trust> FirstOfOperatorsAsync(Trust bootstrap, OwnKey fifth)
    {
        stage.Narrator.Act("Five operators, quorum three; two of them won't sign, and win nothing by that");
        var certificates = _keyed.Select(each => each.Certificate).Append(fifth.Certificate);
        var body = Stage.Must(TrustBody.Create(bootstrap.Body, _chain, bootstrap.Body.Hsms, certificates, Quorum), "Trust 2");
        _ = await stage.Grid.Trusts.FileAsync(body, Honest, stage.Cancellation);
        Refused("Trust 2 with the signatures of two operators and without the third", await ApproveAsync(body, seal: true), RefusalCode.TrustQuorum);

        var own = await fifth.SignAsync(body);
        _ = Stage.Must(await Grid.SignTrustAsync(body.Hash, new TrustSignature(own.Certificate.Der, own.Bytes), stage.Cancellation), "operator 5's signature");
        var status = Stage.Must(await Grid.SealTrustAsync(body.Hash, new TrustSealing(), stage.Cancellation), "Trust 2");
        var trust = Stage.Must(Trust.Parse(status.Document!.Value.Span, new CertificateCache()), "Trust 2");
        stage.Record.Keep(trust);
        stage.Narrator.Done($"operators 1, 2 and 5 signed, the last with the key in the HSMs; node {status.SealedBy} sealed it. Operators 3 and 4 refused to sign: it didn't matter");
        await fifth.RewrappedAsync(trust);
        stage.Narrator.Done("from here on administrators approve no Trust; the grid re-wrapped operator 5's Domain for the new one by itself");
        return trust;
    }

    // Operators 3 and 4 want an HSM of theirs in: first with a wrap key that no device signed, then with a real node that nobody else wants.
    private async Task FalseHsmAsync(Trust trust)
    {
        stage.Narrator.Act("Operators 3 and 4 try to slip in a false HSM");
        using var theirs = WrapKey.Generate(WrapKeyKind.P256);
        var body = trust.Body;
        var certificates = body.Operators.AsEnumerable();
        var forged = body.Hsms[0] with { WrapKey = theirs.Public };
        var lie = Stage.Must(TrustBody.Create(body, _chain, [forged, .. body.Hsms.Skip(1)], certificates, Quorum), "the lie");
        var signed = Dishonest.Aggregate(Trust.Of(lie), (made, each) => made.With(each.Sign(lie)).Value);
        Refused("node 1/1 with a wrap key of theirs, at the grid", await Grid.FileTrustAsync(new TrustSubmission(signed.ToBytes()), stage.Cancellation), RefusalCode.TrustSignature);
        await using var enclave = new EnclaveConnection(stage.Grid.Node(Hsms[1]).Socket);
        Refused("the same brought to an HSM by a hostile silo", await enclave.AskAsync(new SealTrustCall(signed.ToBytes(), [], []), stage.Cancellation), RefusalCode.TrustSignature);
        var review = LocalOperator.Review(lie, body, stage.Grid.Ceremony.Trusted(), TimeProvider.System.GetUtcNow());
        Refused("the same shown to operator 1, whose own tool checks it", review, RefusalCode.TrustSignature);

        var other = await stage.Grid.Trusts.HsmAsync(_chain, new NodeId(Stage.Cluster(1), 2), stage.Cancellation);
        var early = Stage.Must(TrustBody.Create(body, _chain, body.Hsms.Append(other), certificates, Quorum), "the early Trust");
        _ = await stage.Grid.Trusts.FileAsync(early, Dishonest, stage.Cancellation);
        Refused("a real node that only they want, with their two signatures", await Grid.SealTrustAsync(early.Hash, new TrustSealing(), stage.Cancellation), RefusalCode.TrustQuorum);
    }

    private async Task<TrustStatus> ApprovedAsync(TrustBody body)
    {
        _ = await stage.Grid.Trusts.FileAsync(body, [], stage.Cancellation);
        return Stage.Must(await ApproveAsync(body, seal: true), "the Bootstrap Trust");
    }

    private async Task<Outcome<TrustStatus>> ApproveAsync(TrustBody body, bool seal)
    {
        var request = stage.Requests.Bootstrap(body, Hsms[0].Cluster);
        var approvals = stage.Requests.Approve(request, Stage.Quorum).Select(approval => new RequestApproval(approval.Certificate, approval.Signature));
        var approved = await Grid.ApproveTrustAsync(body.Hash, new TrustApproval(request.Utf8, [.. approvals]), stage.Cancellation);
        return approved.Refusal is null && seal ? await Grid.SealTrustAsync(body.Hash, new TrustSealing(Hsms[0]), stage.Cancellation) : approved;
    }

    private void Refused<T>(string what, Outcome<T> outcome, RefusalCode expected)
        where T : notnull => stage.Refused(what, outcome, expected);
}
