namespace VaultGrid.Grains;

/// <summary>The door from outside to Trusts, operators and Domains (key <see cref="IGridGrain.Key"/>). Refuses early, with <c>grid.overloaded</c>, when too many calls are under way.</summary>
[Alias("vg.bridge.trust.v1")]
public interface ITrustBridgeGrain : IGrainWithStringKey
{
    /// <summary>Files an unsigned Trust.</summary>
    [Alias("file")]
    Task<Answer<TrustReport>> FileTrustAsync(FileTrust command, CancellationToken cancellationToken);

    /// <summary>One Trust.</summary>
    [Alias("trust")]
    Task<Answer<TrustReport>> GetTrustAsync(Hash256 trust, CancellationToken cancellationToken);

    /// <summary>Trusts by page.</summary>
    [Alias("trusts")]
    Task<Answer<TrustPage>> ListTrustsAsync(TrustListing query, CancellationToken cancellationToken);

    /// <summary>Adds an operator's signature.</summary>
    [Alias("sign")]
    Task<Answer<TrustReport>> SignTrustAsync(SignTrust command, CancellationToken cancellationToken);

    /// <summary>Adds the administrators' approval.</summary>
    [Alias("approve")]
    Task<Answer<TrustReport>> ApproveTrustAsync(ApproveTrust command, CancellationToken cancellationToken);

    /// <summary>Has a Trust sealed.</summary>
    [Alias("seal")]
    Task<Answer<TrustReport>> SealTrustAsync(SealTrust command, CancellationToken cancellationToken);

    /// <summary>Verifies a Trust.</summary>
    [Alias("verify-trust")]
    Task<Answer<Nothing>> VerifyTrustAsync(GivenDocument trust, CancellationToken cancellationToken);

    /// <summary>One chain.</summary>
    [Alias("chain")]
    Task<Answer<ChainReport>> GetChainAsync(TrustId chain, CancellationToken cancellationToken);

    /// <summary>Has an HSM make its wrap key.</summary>
    [Alias("new-hsm-key")]
    Task<Answer<HsmKeyReport>> NewHsmKeyAsync(TrustId chain, NewHsmKey command, CancellationToken cancellationToken);

    /// <summary>HSMs' keys by page.</summary>
    [Alias("hsm-keys")]
    Task<Answer<HsmKeyPage>> ListHsmKeysAsync(TrustId? chain, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Has an HSM retire from a chain.</summary>
    [Alias("retire-hsm")]
    Task<Answer<GivenDocument>> RetireHsmAsync(TrustId chain, NodeId node, CancellationToken cancellationToken);

    /// <summary>Has a chain's Domains re-wrapped for its newest Trust.</summary>
    [Alias("rewrap")]
    Task<Answer<RewrapReport>> StartRewrapAsync(TrustId chain, CancellationToken cancellationToken);

    /// <summary>How far that is.</summary>
    [Alias("rewrapped")]
    Task<Answer<RewrapReport>> GetRewrapAsync(TrustId chain, CancellationToken cancellationToken);

    /// <summary>Operators by page.</summary>
    [Alias("operators")]
    Task<Answer<OperatorPage>> ListOperatorsAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Makes an operator known.</summary>
    [Alias("register-operator")]
    Task<Answer<OperatorReport>> RegisterOperatorAsync(GivenDocument certificate, CancellationToken cancellationToken);

    /// <summary>A node's session key.</summary>
    [Alias("session-key")]
    Task<Answer<SessionKeyReport>> GetSessionKeyAsync(NodeId node, CancellationToken cancellationToken);

    /// <summary>Keeps a Domain's document.</summary>
    [Alias("store-domain")]
    Task<Answer<DomainReport>> StoreDomainAsync(GivenDocument domain, CancellationToken cancellationToken);

    /// <summary>One Domain, its document whole.</summary>
    [Alias("domain")]
    Task<Answer<WholeDomain>> GetDomainAsync(DomainId domain, CancellationToken cancellationToken);

    /// <summary>Domains by page.</summary>
    [Alias("domains")]
    Task<Answer<DomainPage>> ListDomainsAsync(DomainListing query, CancellationToken cancellationToken);

    /// <summary>Carries a call to an HSM.</summary>
    [Alias("call")]
    Task<Answer<DomainResult>> CallDomainAsync(DomainId domain, CallDomain command, CancellationToken cancellationToken);

    /// <summary>Serves a Domain no more.</summary>
    [Alias("retire-domain")]
    Task<Answer<DomainReport>> RetireDomainAsync(DomainId domain, CallDomain command, CancellationToken cancellationToken);

    /// <summary>Verifies a Domain.</summary>
    [Alias("verify-domain")]
    Task<Answer<Nothing>> VerifyDomainAsync(GivenDocument domain, CancellationToken cancellationToken);
}

/// <summary>A Domain with its document whole.</summary>
/// <param name="Report">Where it stands.</param>
/// <param name="Document">The document (<see cref="Domain"/>).</param>
[GenerateSerializer, Immutable, Alias("vg.domain.whole.v1")]
public sealed record WholeDomain([property: Id(0)] DomainReport Report, [property: Id(1)] ReadOnlyMemory<byte> Document);
