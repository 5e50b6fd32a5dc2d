namespace VaultGrid.Grains;

/// <summary>The door from outside to what belongs to no single cluster (key <see cref="IGridGrain.Key"/>), and to requests by their id.</summary>
[Alias("vg.bridge.grid.v1")]
public interface IGridBridgeGrain : IGrainWithStringKey
{
    /// <summary>The grid.</summary>
    [Alias("grid")]
    Task<Answer<GridReport>> GetGridAsync(CancellationToken cancellationToken);

    /// <summary>The CAs and lists.</summary>
    [Alias("authorities")]
    Task<Answer<AuthoritiesBundle>> GetAuthoritiesAsync(CancellationToken cancellationToken);

    /// <summary>Publishes CAs and lists.</summary>
    [Alias("publish")]
    Task<Answer<PublishedAuthorities>> PublishAuthoritiesAsync(AuthoritiesBundle bundle, CancellationToken cancellationToken);

    /// <summary>One request.</summary>
    [Alias("request")]
    Task<Answer<RequestReport>> GetRequestAsync(RequestId request, CancellationToken cancellationToken);

    /// <summary>Files a request of several clusters.</summary>
    [Alias("submit")]
    Task<Answer<RequestReport>> SubmitAsync(RequestId request, SubmitRequest command, CancellationToken cancellationToken);

    /// <summary>Files, approves and executes a request of several clusters.</summary>
    [Alias("execute-approved")]
    Task<Answer<RequestReport>> ExecuteApprovedAsync(RequestId request, ExecuteRequest command, CancellationToken cancellationToken);

    /// <summary>The journal of a signing session; <c>session.unknown</c>.</summary>
    [Alias("session")]
    Task<Answer<SessionReport>> GetSessionAsync(Hash256 session, CancellationToken cancellationToken);

    /// <summary>Adds an approval.</summary>
    [Alias("approve")]
    Task<Answer<RequestReport>> ApproveAsync(RequestId request, GivenApproval approval, CancellationToken cancellationToken);

    /// <summary>Has a request carried out.</summary>
    [Alias("execute")]
    Task<Answer<RequestReport>> ExecuteAsync(RequestId request, CancellationToken cancellationToken);

    /// <summary>The request history.</summary>
    [Alias("history")]
    Task<Answer<HistoryPage>> ListRequestsAsync(HistoryQuery query, CancellationToken cancellationToken);
}
