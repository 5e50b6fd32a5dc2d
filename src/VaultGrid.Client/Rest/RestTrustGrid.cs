using VaultGrid.Client.Json;

namespace VaultGrid.Client;

/// <summary>Trusts, operators and Domains over REST. What a call to an HSM came to isn't asked for twice: it is answered once, and whoever signed it signs a new one.</summary>
internal sealed class RestTrustGrid(GridHttp http, Forwarding? forwarding) : ITrustGrid
{
    private static VaultGridJson Bodies => VaultGridJson.Requests;

    private static VaultGridJson Answers => VaultGridJson.Answers;

    public Task<Outcome<TrustStatus>> FileTrustAsync(TrustSubmission submission, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.Trusts, submission, Bodies.TrustSubmission, Answers.TrustStatus, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<TrustStatus>> GetTrustAsync(Hash256 trust, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.Trust(trust), Answers.TrustStatus, forwarding, cancellationToken);

    public Task<Outcome<Page<TrustStatus>>> ListTrustsAsync(TrustQuery query, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.TrustPage(query), Answers.TrustPage, forwarding, cancellationToken);

    public Task<Outcome<TrustStatus>> SignTrustAsync(Hash256 trust, TrustSignature signature, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.TrustSignatures(trust), signature, Bodies.TrustSignature, Answers.TrustStatus, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<TrustStatus>> ApproveTrustAsync(Hash256 trust, TrustApproval approval, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.TrustApproval(trust), approval, Bodies.TrustApproval, Answers.TrustStatus, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<TrustStatus>> SealTrustAsync(Hash256 trust, TrustSealing sealing, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.TrustSeal(trust), sealing, Bodies.TrustSealing, Answers.TrustStatus, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<DocumentVerdict>> VerifyTrustAsync(DocumentSubmission trust, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.TrustVerification, trust, Bodies.DocumentSubmission, Answers.DocumentVerdict, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<ChainStatus>> GetChainAsync(TrustId chain, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.Chain(chain), Answers.ChainStatus, forwarding, cancellationToken);

    public Task<Outcome<HsmKeyStatus>> NewHsmKeyAsync(TrustId chain, HsmKeyRequest request, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.HsmKeys(chain), request, Bodies.HsmKeyRequest, Answers.HsmKeyStatus, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<Page<HsmKeyStatus>>> ListHsmKeysAsync(HsmKeyQuery query, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.HsmKeyPage(query), Answers.HsmKeyPage, forwarding, cancellationToken);

    public Task<Outcome<HsmRetirement>> RetireHsmAsync(TrustId chain, NodeId node, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.Retirement(chain, node), Answers.HsmRetirement, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<RewrapStatus>> StartRewrapAsync(TrustId chain, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.Rewrap(chain), Answers.RewrapStatus, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<RewrapStatus>> GetRewrapAsync(TrustId chain, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.Rewrap(chain), Answers.RewrapStatus, forwarding, cancellationToken);

    public Task<Outcome<Page<OperatorStatus>>> ListOperatorsAsync(PageQuery page, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.OperatorPage(page), Answers.OperatorPage, forwarding, cancellationToken);

    public Task<Outcome<OperatorStatus>> RegisterOperatorAsync(OperatorRegistration registration, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.Operators, registration, Bodies.OperatorRegistration, Answers.OperatorStatus, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<DomainStatus>> StoreDomainAsync(DocumentSubmission domain, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.Domains, domain, Bodies.DocumentSubmission, Answers.DomainStatus, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<DomainStatus>> GetDomainAsync(DomainId domain, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.Domain(domain), Answers.DomainStatus, forwarding, cancellationToken);

    public Task<Outcome<Page<DomainStatus>>> ListDomainsAsync(DomainQuery query, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.DomainPage(query), Answers.DomainPage, forwarding, cancellationToken);

    public Task<Outcome<SessionKeyStatus>> GetSessionKeyAsync(NodeId node, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.SessionKey(node), Answers.SessionKeyStatus, forwarding, cancellationToken);

    public Task<Outcome<DomainStatus>> RetireDomainAsync(DomainId domain, DomainCall call, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.DomainRetirement(domain), call, Bodies.DomainCall, Answers.DomainStatus, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<DomainAnswer>> CallDomainAsync(DomainId domain, DomainCall call, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.DomainCall(domain), call, Bodies.DomainCall, Answers.DomainAnswer, forwarding, Repeating.IfNothingWasDone, cancellationToken);

    public Task<Outcome<DocumentVerdict>> VerifyDomainAsync(DocumentSubmission domain, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.DomainVerification, domain, Bodies.DocumentSubmission, Answers.DocumentVerdict, forwarding, Repeating.Harmless, cancellationToken);
}
