namespace VaultGrid.Client;

/// <summary>
/// The key management side of a grid: chains of Trusts, operators, HSMs' public keys, Domains and their use. Reached as <see cref="IVaultGrid.Trusts"/>,
/// through the same doors.
/// </summary>
/// <remarks>
/// Documents are public, and nobody is believed for handing one out: enclaves verify every signature themselves, and so can whoever reads them. Secrets
/// travel sealed to the enclave or to the caller's one-time key, never in a form that relays or silos can read.
/// </remarks>
public interface ITrustGrid
{
    /// <summary>Files an unsigned Trust, with the signatures that it has by now. Filing it again adds the signatures that are new.</summary>
    Task<Outcome<TrustStatus>> FileTrustAsync(TrustSubmission submission, CancellationToken cancellationToken);

    /// <summary>One Trust with its document, its operators' signatures, and where it stands.</summary>
    Task<Outcome<TrustStatus>> GetTrustAsync(Hash256 trust, CancellationToken cancellationToken);

    /// <summary>Trusts by page, newest first: unsigned, sealed, those of a chain, those of an operator.</summary>
    Task<Outcome<Page<TrustStatus>>> ListTrustsAsync(TrustQuery query, CancellationToken cancellationToken);

    /// <summary>Adds an operator's signature to an unsigned Trust.</summary>
    Task<Outcome<TrustStatus>> SignTrustAsync(Hash256 trust, TrustSignature signature, CancellationToken cancellationToken);

    /// <summary>Adds the administrators' approved request to a Bootstrap Trust or its successor.</summary>
    Task<Outcome<TrustStatus>> ApproveTrustAsync(Hash256 trust, TrustApproval approval, CancellationToken cancellationToken);

    /// <summary>Has an HSM seal an unsigned Trust: it checks all signatures itself. One Trust follows another; repeating it answers the same.</summary>
    Task<Outcome<TrustStatus>> SealTrustAsync(Hash256 trust, TrustSealing sealing, CancellationToken cancellationToken);

    /// <summary>Verifies a Trust's signatures, with the chain that the grid knows before it.</summary>
    Task<Outcome<DocumentVerdict>> VerifyTrustAsync(DocumentSubmission trust, CancellationToken cancellationToken);

    /// <summary>One chain: its newest Trust, its HSMs, what retired from it.</summary>
    Task<Outcome<ChainStatus>> GetChainAsync(TrustId chain, CancellationToken cancellationToken);

    /// <summary>Has an HSM make its wrap key for a chain, or show the one that it made: a new HSM for the next Trust.</summary>
    Task<Outcome<HsmKeyStatus>> NewHsmKeyAsync(TrustId chain, HsmKeyRequest request, CancellationToken cancellationToken);

    /// <summary>HSMs' public keys by page, in order of node; of one chain or of all.</summary>
    Task<Outcome<Page<HsmKeyStatus>>> ListHsmKeysAsync(HsmKeyQuery query, CancellationToken cancellationToken);

    /// <summary>Has an HSM wipe its wrap key for a chain whose newest Trust doesn't name it any more; answers its signed statement.</summary>
    Task<Outcome<HsmRetirement>> RetireHsmAsync(TrustId chain, NodeId node, CancellationToken cancellationToken);

    /// <summary>Has all Domains of a chain re-wrapped for its newest Trust, in the background. Starts by itself when a Trust is sealed; repeating it goes on at once where it waits.</summary>
    Task<Outcome<RewrapStatus>> StartRewrapAsync(TrustId chain, CancellationToken cancellationToken);

    /// <summary>How far the Domains of a chain are on their way under its newest Trust.</summary>
    Task<Outcome<RewrapStatus>> GetRewrapAsync(TrustId chain, CancellationToken cancellationToken);

    /// <summary>Operators' public keys by page, in order of identity.</summary>
    Task<Outcome<Page<OperatorStatus>>> ListOperatorsAsync(PageQuery page, CancellationToken cancellationToken);

    /// <summary>Makes an operator's certificate known, so that others can name them in a Trust.</summary>
    Task<Outcome<OperatorStatus>> RegisterOperatorAsync(OperatorRegistration registration, CancellationToken cancellationToken);

    /// <summary>Stores a Domain's document: one that was made elsewhere, or a newer revision of one.</summary>
    Task<Outcome<DomainStatus>> StoreDomainAsync(DocumentSubmission domain, CancellationToken cancellationToken);

    /// <summary>One Domain with its document.</summary>
    Task<Outcome<DomainStatus>> GetDomainAsync(DomainId domain, CancellationToken cancellationToken);

    /// <summary>Domains by page, in the order in which they came: of a chain, of an owner, or behind the newest Trust.</summary>
    Task<Outcome<Page<DomainStatus>>> ListDomainsAsync(DomainQuery query, CancellationToken cancellationToken);

    /// <summary>A node's session key, signed by its D key: secrets in calls are sealed to it.</summary>
    Task<Outcome<SessionKeyStatus>> GetSessionKeyAsync(NodeId node, CancellationToken cancellationToken);

    /// <summary>Has the grid serve a Domain no more. Documents that others hold go on opening: that ends with the master keys' data, or with the HSMs.</summary>
    Task<Outcome<DomainStatus>> RetireDomainAsync(DomainId domain, DomainCall call, CancellationToken cancellationToken);

    /// <summary>Carries a caller's signed call to an HSM that may answer it; new revisions are stored before they are answered.</summary>
    Task<Outcome<DomainAnswer>> CallDomainAsync(DomainId domain, DomainCall call, CancellationToken cancellationToken);

    /// <summary>Verifies a Domain's signatures: the HSM's seal, its Trust, and the chain before that.</summary>
    Task<Outcome<DocumentVerdict>> VerifyDomainAsync(DocumentSubmission domain, CancellationToken cancellationToken);
}
