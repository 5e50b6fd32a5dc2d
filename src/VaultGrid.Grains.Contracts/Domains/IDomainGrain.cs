using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>
/// One Domain (key: its id): the newest revision of its document, without the Trust, which thousands share. Revisions follow each other one at a time; what a
/// caller does under a revision that is gone is refused. Every command may be repeated.
/// </summary>
[Alias("vg.domain.v1")]
public interface IDomainGrain : IGrainWithStringKey
{
    /// <summary>The Domain; <c>domain.unknown</c>.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Answer<DomainReport>> GetAsync(CancellationToken cancellationToken);

    /// <summary>Carries a call to an HSM: a use beside others, a creation or rotation alone.</summary>
    [Alias("use"), AlwaysInterleave]
    Task<Answer<DomainResult>> UseAsync(CallDomain command, CancellationToken cancellationToken);

    /// <summary>Has an HSM make the Domain, or write its next revision, and keeps that.</summary>
    [Alias("change")]
    Task<Answer<DomainResult>> ChangeAsync(CallDomain command, CancellationToken cancellationToken);

    /// <summary>Keeps a document that was made elsewhere, if it is new here or the next revision of what is here.</summary>
    [Alias("store")]
    Task<Answer<DomainReport>> StoreAsync(GivenDocument domain, CancellationToken cancellationToken);

    /// <summary>Puts the next revision in the place of the one that it was made of; anything else in that place is <c>state.conflict</c>. The same again changes nothing.</summary>
    [Alias("replace")]
    Task<Answer<DomainReport>> ReplaceAsync(ReplaceDomain command, CancellationToken cancellationToken);

    /// <summary>Serves it no more, on a call of somebody who may rotate it.</summary>
    [Alias("retire")]
    Task<Answer<DomainReport>> RetireAsync(CallDomain command, CancellationToken cancellationToken);
}
