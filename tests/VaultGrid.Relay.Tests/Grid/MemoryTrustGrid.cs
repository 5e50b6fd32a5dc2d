namespace VaultGrid.Relay.Tests.Grid;

/// <summary>The Trusts of a <see cref="MemoryGrid"/>: each call is recorded and answered by one function.</summary>
internal abstract class MemoryTrustGrid : ITrustGrid
{
    public Task<Outcome<TrustStatus>> FileTrustAsync(TrustSubmission submission, CancellationToken cancellationToken) =>
        ReplyAsync<TrustStatus>(nameof(FileTrustAsync), cancellationToken, submission);

    public Task<Outcome<TrustStatus>> GetTrustAsync(Hash256 trust, CancellationToken cancellationToken) => ReplyAsync<TrustStatus>(nameof(GetTrustAsync), cancellationToken, trust);

    public Task<Outcome<Page<TrustStatus>>> ListTrustsAsync(TrustQuery query, CancellationToken cancellationToken) =>
        ReplyAsync<Page<TrustStatus>>(nameof(ListTrustsAsync), cancellationToken, query);

    public Task<Outcome<TrustStatus>> SignTrustAsync(Hash256 trust, TrustSignature signature, CancellationToken cancellationToken) =>
        ReplyAsync<TrustStatus>(nameof(SignTrustAsync), cancellationToken, trust, signature);

    public Task<Outcome<TrustStatus>> ApproveTrustAsync(Hash256 trust, TrustApproval approval, CancellationToken cancellationToken) =>
        ReplyAsync<TrustStatus>(nameof(ApproveTrustAsync), cancellationToken, trust, approval);

    public Task<Outcome<TrustStatus>> SealTrustAsync(Hash256 trust, TrustSealing sealing, CancellationToken cancellationToken) =>
        ReplyAsync<TrustStatus>(nameof(SealTrustAsync), cancellationToken, trust, sealing);

    public Task<Outcome<DocumentVerdict>> VerifyTrustAsync(DocumentSubmission trust, CancellationToken cancellationToken) =>
        ReplyAsync<DocumentVerdict>(nameof(VerifyTrustAsync), cancellationToken, trust);

    public Task<Outcome<ChainStatus>> GetChainAsync(TrustId chain, CancellationToken cancellationToken) => ReplyAsync<ChainStatus>(nameof(GetChainAsync), cancellationToken, chain);

    public Task<Outcome<HsmKeyStatus>> NewHsmKeyAsync(TrustId chain, HsmKeyRequest request, CancellationToken cancellationToken) =>
        ReplyAsync<HsmKeyStatus>(nameof(NewHsmKeyAsync), cancellationToken, chain, request);

    public Task<Outcome<Page<HsmKeyStatus>>> ListHsmKeysAsync(HsmKeyQuery query, CancellationToken cancellationToken) =>
        ReplyAsync<Page<HsmKeyStatus>>(nameof(ListHsmKeysAsync), cancellationToken, query);

    public Task<Outcome<HsmRetirement>> RetireHsmAsync(TrustId chain, NodeId node, CancellationToken cancellationToken) =>
        ReplyAsync<HsmRetirement>(nameof(RetireHsmAsync), cancellationToken, chain, node);

    public Task<Outcome<RewrapStatus>> StartRewrapAsync(TrustId chain, CancellationToken cancellationToken) => ReplyAsync<RewrapStatus>(nameof(StartRewrapAsync), cancellationToken, chain);

    public Task<Outcome<RewrapStatus>> GetRewrapAsync(TrustId chain, CancellationToken cancellationToken) => ReplyAsync<RewrapStatus>(nameof(GetRewrapAsync), cancellationToken, chain);

    public Task<Outcome<Page<OperatorStatus>>> ListOperatorsAsync(PageQuery page, CancellationToken cancellationToken) =>
        ReplyAsync<Page<OperatorStatus>>(nameof(ListOperatorsAsync), cancellationToken, page);

    public Task<Outcome<OperatorStatus>> RegisterOperatorAsync(OperatorRegistration registration, CancellationToken cancellationToken) =>
        ReplyAsync<OperatorStatus>(nameof(RegisterOperatorAsync), cancellationToken, registration);

    public Task<Outcome<DomainStatus>> StoreDomainAsync(DocumentSubmission domain, CancellationToken cancellationToken) =>
        ReplyAsync<DomainStatus>(nameof(StoreDomainAsync), cancellationToken, domain);

    public Task<Outcome<DomainStatus>> GetDomainAsync(DomainId domain, CancellationToken cancellationToken) => ReplyAsync<DomainStatus>(nameof(GetDomainAsync), cancellationToken, domain);

    public Task<Outcome<Page<DomainStatus>>> ListDomainsAsync(DomainQuery query, CancellationToken cancellationToken) =>
        ReplyAsync<Page<DomainStatus>>(nameof(ListDomainsAsync), cancellationToken, query);

    public Task<Outcome<SessionKeyStatus>> GetSessionKeyAsync(NodeId node, CancellationToken cancellationToken) =>
        ReplyAsync<SessionKeyStatus>(nameof(GetSessionKeyAsync), cancellationToken, node);

    public Task<Outcome<DomainStatus>> RetireDomainAsync(DomainId domain, DomainCall call, CancellationToken cancellationToken) =>
        ReplyAsync<DomainStatus>(nameof(RetireDomainAsync), cancellationToken, domain, call);

    public Task<Outcome<DomainAnswer>> CallDomainAsync(DomainId domain, DomainCall call, CancellationToken cancellationToken) =>
        ReplyAsync<DomainAnswer>(nameof(CallDomainAsync), cancellationToken, domain, call);

    public Task<Outcome<DocumentVerdict>> VerifyDomainAsync(DocumentSubmission domain, CancellationToken cancellationToken) =>
        ReplyAsync<DocumentVerdict>(nameof(VerifyDomainAsync), cancellationToken, domain);

    protected abstract Task<Outcome<T>> ReplyAsync<T>(string method, CancellationToken cancellationToken, params object?[] arguments)
        where T : notnull;
}
