namespace VaultGrid.Grains.Approvals;

/// <summary>The history of requests: a table of its own, because it only ever grows. What it lists is what request grains wrote last.</summary>
public interface IRequestHistory
{
    /// <summary>Writes a request's row, or writes it anew; an older report than the row's changes nothing. The bytes of request and document are left out.</summary>
    Task SaveAsync(RequestReport request, CancellationToken cancellationToken);

    /// <summary>A page, newest first; <c>page.invalid</c> where the mark or the limit is none.</summary>
    Task<Outcome<HistoryPage>> ListAsync(HistoryQuery query, CancellationToken cancellationToken);

    /// <summary>A cluster's open requests that expire before a moment, the oldest first.</summary>
    Task<IReadOnlyList<RequestId>> ListOpenAsync(ClusterId cluster, DateTimeOffset expiringBefore, int limit, CancellationToken cancellationToken);

    /// <summary>How many signing requests were carried out with a key.</summary>
    Task<long> CountSignaturesAsync(ClusterId cluster, Hash256 key, CancellationToken cancellationToken);
}
