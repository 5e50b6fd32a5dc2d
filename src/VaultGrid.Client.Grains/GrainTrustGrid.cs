namespace VaultGrid.Client.Grains;

/// <summary>Trusts, operators and Domains over the grains, for one caller.</summary>
internal sealed class GrainTrustGrid(IGrainFactory grains, string caller) : ITrustGrid
{
    private ITrustBridgeGrain Trusts => grains.GetGrain<ITrustBridgeGrain>(IGridGrain.Key);

    public Task<Outcome<TrustStatus>> FileTrustAsync(TrustSubmission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return GrainDoor.AskAsync(() => Trusts.FileTrustAsync(new FileTrust(submission.Trust, caller), cancellationToken), TrustMapping.Trust);
    }

    public Task<Outcome<TrustStatus>> GetTrustAsync(Hash256 trust, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Trusts.GetTrustAsync(trust, cancellationToken), TrustMapping.Trust);

    public async Task<Outcome<Page<TrustStatus>>> ListTrustsAsync(TrustQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!TrustMapping.Query(query).Is(out var message, out var refusal)) return refusal;
        return await GrainDoor.AskAsync(() => Trusts.ListTrustsAsync(message, cancellationToken), TrustMapping.Page).ConfigureAwait(false);
    }

    public Task<Outcome<TrustStatus>> SignTrustAsync(Hash256 trust, TrustSignature signature, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return GrainDoor.AskAsync(() => Trusts.SignTrustAsync(new SignTrust(trust, signature.Certificate, signature.Signature), cancellationToken), TrustMapping.Trust);
    }

    public Task<Outcome<TrustStatus>> ApproveTrustAsync(Hash256 trust, TrustApproval approval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(approval);
        var command = new ApproveTrust(trust, approval.Request, [.. approval.Approvals.Select(RequestMapping.Approval)]);
        return GrainDoor.AskAsync(() => Trusts.ApproveTrustAsync(command, cancellationToken), TrustMapping.Trust);
    }

    public Task<Outcome<TrustStatus>> SealTrustAsync(Hash256 trust, TrustSealing sealing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sealing);
        return GrainDoor.AskAsync(() => Trusts.SealTrustAsync(new SealTrust(trust, sealing.Node), cancellationToken), TrustMapping.Trust);
    }

    public Task<Outcome<DocumentVerdict>> VerifyTrustAsync(DocumentSubmission trust, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trust);
        return TrustMapping.VerdictAsync(GrainDoor.AskAsync<Nothing, Nothing>(() => Trusts.VerifyTrustAsync(new GivenDocument(trust.Document), cancellationToken), done => done));
    }

    public Task<Outcome<ChainStatus>> GetChainAsync(TrustId chain, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Trusts.GetChainAsync(chain, cancellationToken), TrustMapping.Chain);

    public async Task<Outcome<HsmKeyStatus>> NewHsmKeyAsync(TrustId chain, HsmKeyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (TrustMapping.WrapKeyKindOf(request.Kind) is not { } kind) return new Refusal(RefusalCode.InputUnsupported, "a wrap key is of kind p256 or rsa3072");
        return await GrainDoor.AskAsync(() => Trusts.NewHsmKeyAsync(chain, new NewHsmKey(request.Node, (byte)kind), cancellationToken), TrustMapping.HsmKey).ConfigureAwait(false);
    }

    public Task<Outcome<Page<HsmKeyStatus>>> ListHsmKeysAsync(HsmKeyQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return GrainDoor.AskAsync(() => Trusts.ListHsmKeysAsync(query.Chain, query.After, query.Limit, cancellationToken), TrustMapping.Page);
    }

    public Task<Outcome<HsmRetirement>> RetireHsmAsync(TrustId chain, NodeId node, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync<GivenDocument, HsmRetirement>(() => Trusts.RetireHsmAsync(chain, node, cancellationToken), given => new HsmRetirement(node, given.Document));

    public Task<Outcome<RewrapStatus>> StartRewrapAsync(TrustId chain, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Trusts.StartRewrapAsync(chain, cancellationToken), TrustMapping.Rewrap);

    public Task<Outcome<RewrapStatus>> GetRewrapAsync(TrustId chain, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Trusts.GetRewrapAsync(chain, cancellationToken), TrustMapping.Rewrap);

    public Task<Outcome<Page<OperatorStatus>>> ListOperatorsAsync(PageQuery page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        return GrainDoor.AskAsync(() => Trusts.ListOperatorsAsync(page.After, page.Limit, cancellationToken), TrustMapping.Page);
    }

    public Task<Outcome<OperatorStatus>> RegisterOperatorAsync(OperatorRegistration registration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        return GrainDoor.AskAsync(() => Trusts.RegisterOperatorAsync(new GivenDocument(registration.Certificate), cancellationToken), TrustMapping.Operator);
    }

    public Task<Outcome<DomainStatus>> StoreDomainAsync(DocumentSubmission domain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return GrainDoor.AskAsync(() => Trusts.StoreDomainAsync(new GivenDocument(domain.Document), cancellationToken), DomainMapping.Status);
    }

    public Task<Outcome<DomainStatus>> GetDomainAsync(DomainId domain, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Trusts.GetDomainAsync(domain, cancellationToken), DomainMapping.Whole);

    public Task<Outcome<Page<DomainStatus>>> ListDomainsAsync(DomainQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var message = new DomainListing(query.After, query.Limit, query.Chain, query.Owner, query.Below);
        return GrainDoor.AskAsync(() => Trusts.ListDomainsAsync(message, cancellationToken), DomainMapping.Page);
    }

    public Task<Outcome<SessionKeyStatus>> GetSessionKeyAsync(NodeId node, CancellationToken cancellationToken) => GrainDoor.AskAsync<SessionKeyReport, SessionKeyStatus>(
        () => Trusts.GetSessionKeyAsync(node, cancellationToken), report => new SessionKeyStatus(report.Node, report.Statement, report.Certificate, report.Signature));

    public Task<Outcome<DomainStatus>> RetireDomainAsync(DomainId domain, DomainCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        return GrainDoor.AskAsync(() => Trusts.RetireDomainAsync(domain, DomainMapping.Command(call), cancellationToken), DomainMapping.Status);
    }

    public Task<Outcome<DomainAnswer>> CallDomainAsync(DomainId domain, DomainCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        return GrainDoor.AskAsync(() => Trusts.CallDomainAsync(domain, DomainMapping.Command(call), cancellationToken), DomainMapping.Answer);
    }

    public Task<Outcome<DocumentVerdict>> VerifyDomainAsync(DocumentSubmission domain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return TrustMapping.VerdictAsync(GrainDoor.AskAsync<Nothing, Nothing>(() => Trusts.VerifyDomainAsync(new GivenDocument(domain.Document), cancellationToken), done => done));
    }
}
