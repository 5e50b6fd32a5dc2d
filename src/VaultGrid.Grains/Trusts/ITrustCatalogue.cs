namespace VaultGrid.Grains.Trusts;

/// <summary>
/// The listings of Trusts, Domains, operators and HSMs' keys: tables of their own, because they grow without bound and are paged by a mark that an index finds. What they hold is what grains wrote last.
/// </summary>
public interface ITrustCatalogue
{
    /// <summary>True where a row that is saved while its grain's state is being written is never on the disk before that state: both go through one queue.</summary>
    bool FollowsState { get; }

    /// <summary>Writes a Trust's row, or writes it anew; an older report than the row's changes nothing. The document is left out.</summary>
    Task SaveTrustAsync(TrustReport trust, CancellationToken cancellationToken);

    /// <summary>A page of Trusts, newest first; <c>page.invalid</c>.</summary>
    Task<Outcome<TrustPage>> ListTrustsAsync(TrustListing query, CancellationToken cancellationToken);

    /// <summary>Writes a Domain's row, or writes it anew; an older revision than the row's changes nothing. The document is left out.</summary>
    Task SaveDomainAsync(DomainReport domain, CancellationToken cancellationToken);

    /// <summary>A page of Domains, in the order in which they came; <c>page.invalid</c>.</summary>
    Task<Outcome<DomainPage>> ListDomainsAsync(DomainListing query, CancellationToken cancellationToken);

    /// <summary>How many Domains stand under a chain, and how many of them under a Trust with a number below this one. Counters, not a count: the same cost at any number.</summary>
    Task<(long All, long Below)> CountDomainsAsync(TrustId chain, ulong number, CancellationToken cancellationToken);

    /// <summary>Writes an HSM's key, or writes it anew.</summary>
    Task SaveHsmKeyAsync(HsmKeyReport key, CancellationToken cancellationToken);

    /// <summary>A page of HSMs' keys, of a chain or of all, in order of node and chain; <c>page.invalid</c>.</summary>
    Task<Outcome<HsmKeyPage>> ListHsmKeysAsync(TrustId? chain, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Writes an operator, or writes the operator anew with a certificate that runs longer.</summary>
    Task SaveOperatorAsync(OperatorReport operatorReport, CancellationToken cancellationToken);

    /// <summary>A page of operators, in order of identity, then key; <c>page.invalid</c>.</summary>
    Task<Outcome<OperatorPage>> ListOperatorsAsync(string? after, int limit, CancellationToken cancellationToken);
}
