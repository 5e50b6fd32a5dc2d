using Orleans.Concurrency;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Authorities;
using VaultGrid.Grains.Enclaves;
using VaultGrid.Grains.Trusts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Bridges;

/// <summary>Lets calls in to Trusts, operators and Domains, as many as the grid can take. On every silo as often as needed.</summary>
[StatelessWorker, Reentrant]
internal sealed class TrustBridgeGrain(
    BridgeAdmission admission, ITrustCatalogue catalogue, TrustDocuments documents, AuthoritiesView authorities, TimeProvider time) : Grain, ITrustBridgeGrain
{
    private const string Door = "trusts";

    public Task<Answer<TrustReport>> FileTrustAsync(FileTrust command, CancellationToken cancellationToken) => EnterAsync<TrustReport>(async () =>
        Trust.Parse(command.Document.Span, authorities.Certificates).Is(out var trust, out var refusal)
            ? await Chain(trust.Body.Id).FileAsync(command, cancellationToken)
            : refusal);

    public Task<Answer<TrustReport>> GetTrustAsync(Hash256 trust, CancellationToken cancellationToken) => EnterAsync(() => Trusted(trust).GetAsync(cancellationToken));

    public Task<Answer<TrustPage>> ListTrustsAsync(TrustListing query, CancellationToken cancellationToken) =>
        EnterAsync<TrustPage>(async () => await catalogue.ListTrustsAsync(query, cancellationToken));

    public Task<Answer<TrustReport>> SignTrustAsync(SignTrust command, CancellationToken cancellationToken) =>
        OfChainAsync(command.Trust, chain => chain.SignAsync(command, cancellationToken), cancellationToken);

    public Task<Answer<TrustReport>> ApproveTrustAsync(ApproveTrust command, CancellationToken cancellationToken) =>
        OfChainAsync(command.Trust, chain => chain.ApproveAsync(command, cancellationToken), cancellationToken);

    public Task<Answer<TrustReport>> SealTrustAsync(SealTrust command, CancellationToken cancellationToken) =>
        OfChainAsync(command.Trust, chain => chain.SealAsync(command, cancellationToken), cancellationToken);

    public Task<Answer<Nothing>> VerifyTrustAsync(GivenDocument trust, CancellationToken cancellationToken) => EnterAsync<Nothing>(async () =>
        Trust.Parse(trust.Document.Span, authorities.Certificates).Is(out var parsed, out var refusal)
            ? await Chain(parsed.Body.Id).VerifyAsync(trust, cancellationToken)
            : refusal);

    public Task<Answer<ChainReport>> GetChainAsync(TrustId chain, CancellationToken cancellationToken) => EnterAsync(() => Chain(chain).GetAsync(cancellationToken));

    public Task<Answer<HsmKeyReport>> NewHsmKeyAsync(TrustId chain, NewHsmKey command, CancellationToken cancellationToken) =>
        EnterAsync(() => Chain(chain).NewHsmKeyAsync(command, cancellationToken));

    public Task<Answer<HsmKeyPage>> ListHsmKeysAsync(TrustId? chain, string? after, int limit, CancellationToken cancellationToken) =>
        EnterAsync<HsmKeyPage>(async () => await catalogue.ListHsmKeysAsync(chain, after, limit, cancellationToken));

    public Task<Answer<GivenDocument>> RetireHsmAsync(TrustId chain, NodeId node, CancellationToken cancellationToken) =>
        EnterAsync(() => Chain(chain).RetireAsync(node, cancellationToken));

    public Task<Answer<RewrapReport>> StartRewrapAsync(TrustId chain, CancellationToken cancellationToken) =>
        EnterAsync(() => GrainFactory.GetGrain<IRewrapGrain>(chain.ToString()).StartAsync(cancellationToken));

    public Task<Answer<RewrapReport>> GetRewrapAsync(TrustId chain, CancellationToken cancellationToken) =>
        EnterAsync(() => GrainFactory.GetGrain<IRewrapGrain>(chain.ToString()).GetAsync(cancellationToken));

    public Task<Answer<OperatorPage>> ListOperatorsAsync(string? after, int limit, CancellationToken cancellationToken) =>
        EnterAsync<OperatorPage>(async () => await catalogue.ListOperatorsAsync(after, limit, cancellationToken));

    public Task<Answer<OperatorReport>> RegisterOperatorAsync(GivenDocument certificate, CancellationToken cancellationToken) => EnterAsync<OperatorReport>(async () =>
    {
        if (!authorities.Certificates.Parse(certificate.Document.Span).Is(out var parsed, out var refusal)) return refusal;
        if (await authorities.GetAsync(GrainFactory, fresh: true, cancellationToken) is not { } trusted)
            return new Refusal(RefusalCode.RevocationsMissing, "no CAs were published to the grid");
        var now = time.GetUtcNow();
        if (!ChainVerifier.Verify(parsed, CertificateRole.Operator, trusted, now < trusted.HighestSignedTime ? trusted.HighestSignedTime : now).Is(out _, out refusal)) return refusal;
        var report = Operators.Report(parsed);
        await catalogue.SaveOperatorAsync(report, cancellationToken);
        return report;
    });

    public Task<Answer<SessionKeyReport>> GetSessionKeyAsync(NodeId node, CancellationToken cancellationToken) => EnterAsync<SessionKeyReport>(async () =>
        (await GrainFactory.Enclave(node).AskAsync(new SessionKeyCall(), cancellationToken)).Is(out var signed, out var refusal)
            ? new SessionKeyReport(node, signed.Statement, signed.Certificate, signed.Signature)
            : refusal);

    public Task<Answer<DomainReport>> StoreDomainAsync(GivenDocument domain, CancellationToken cancellationToken) => EnterAsync<DomainReport>(async () =>
        Domain.Parse(domain.Document.Span, authorities.Certificates).Is(out var parsed, out var refusal)
            ? await Of(parsed.Keys.Id).StoreAsync(domain, cancellationToken)
            : refusal);

    public Task<Answer<WholeDomain>> GetDomainAsync(DomainId domain, CancellationToken cancellationToken) => EnterAsync<WholeDomain>(async () =>
    {
        if (!(await Of(domain).GetAsync(cancellationToken)).ToOutcome().Is(out var report, out var refusal)) return refusal;
        if (!(await documents.FindAsync(GrainFactory, report.Trust, cancellationToken)).Is(out var trust, out refusal)) return refusal;
        var keys = SealedKeys.Parse(report.SealedKeys.Span, authorities.Certificates);
        return keys.Is(out var parsed, out refusal) ? new WholeDomain(report, parsed.Under(trust).ToBytes()) : refusal;
    });

    public Task<Answer<DomainPage>> ListDomainsAsync(DomainListing query, CancellationToken cancellationToken) =>
        EnterAsync<DomainPage>(async () => await catalogue.ListDomainsAsync(query, cancellationToken));

    public Task<Answer<DomainResult>> CallDomainAsync(DomainId domain, CallDomain command, CancellationToken cancellationToken) => EnterAsync<DomainResult>(async () =>
    {
        if (!CallBody.Parse(command.Body.Span).Is(out var body, out var refusal)) return refusal;
        var grain = Of(domain);
        return body.Action is "domain-create" or "domain-rotate" ? await grain.ChangeAsync(command, cancellationToken) : await grain.UseAsync(command, cancellationToken);
    });

    public Task<Answer<DomainReport>> RetireDomainAsync(DomainId domain, CallDomain command, CancellationToken cancellationToken) =>
        EnterAsync(() => Of(domain).RetireAsync(command, cancellationToken));

    public Task<Answer<Nothing>> VerifyDomainAsync(GivenDocument domain, CancellationToken cancellationToken) => EnterAsync<Nothing>(async () =>
    {
        if (!Domain.Parse(domain.Document.Span, authorities.Certificates).Is(out var parsed, out var refusal)) return refusal;
        var chain = Chain(parsed.Trust.Body.Id);
        if (await chain.VerifyAsync(new GivenDocument(parsed.Trust.ToBytes()), cancellationToken) is { Refusal: not null } unverified) return unverified;
        if ((await chain.GetAsync(cancellationToken)).Value is { } known && known.Trusts[0] != parsed.Keys.First)
            return new Refusal(RefusalCode.TrustChain, "the Domain names another beginning of this chain");
        if (await authorities.GetAsync(GrainFactory, fresh: false, cancellationToken) is not { } trusted)
            return new Refusal(RefusalCode.RevocationsMissing, "no CAs were published to the grid");
        return parsed.Check(trusted).Is(out _, out refusal) ? Nothing.Value : refusal;
    });

    private ITrustChainGrain Chain(TrustId chain) => GrainFactory.GetGrain<ITrustChainGrain>(chain.ToString());

    private ITrustGrain Trusted(Hash256 trust) => GrainFactory.GetGrain<ITrustGrain>(trust.ToString());

    private IDomainGrain Of(DomainId domain) => GrainFactory.GetGrain<IDomainGrain>(domain.ToString());

    private Task<Answer<TrustReport>> OfChainAsync(Hash256 trust, Func<ITrustChainGrain, Task<Answer<TrustReport>>> call, CancellationToken cancellationToken) =>
        EnterAsync<TrustReport>(async () =>
        {
            var found = await Trusted(trust).GetAsync(cancellationToken);
            return found.Value is { } report ? await call(Chain(report.Chain)) : found;
        });

    private Task<Answer<T>> EnterAsync<T>(Func<Task<Answer<T>>> call)
        where T : class => admission.RunAsync(Door, call);
}
