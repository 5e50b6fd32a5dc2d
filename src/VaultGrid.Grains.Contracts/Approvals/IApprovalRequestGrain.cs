using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>One request for approval (key: its id): what is asked, by whom, the approvals gathered, what came of it. Every command may be repeated.</summary>
[Alias("vg.approval.v1")]
public interface IApprovalRequestGrain : IGrainWithStringKey
{
    /// <summary>Files the request; the same bytes again answer the same, other bytes are <c>request.conflict</c>.</summary>
    [Alias("submit")]
    Task<Answer<RequestReport>> SubmitAsync(SubmitRequest command, CancellationToken cancellationToken);

    /// <summary>Adds an approval; one that can't count is refused and changes nothing.</summary>
    [Alias("approve")]
    Task<Answer<RequestReport>> ApproveAsync(GivenApproval approval, CancellationToken cancellationToken);

    /// <summary>Has it carried out by an enclave; once done, answers what came of it.</summary>
    [Alias("execute")]
    Task<Answer<RequestReport>> ExecuteAsync(CancellationToken cancellationToken);

    /// <summary>Files, approves and executes.</summary>
    [Alias("execute-approved")]
    Task<Answer<RequestReport>> ExecuteApprovedAsync(ExecuteRequest command, CancellationToken cancellationToken);

    /// <summary>The request; <c>request.unknown</c>.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Answer<RequestReport>> GetAsync(CancellationToken cancellationToken);

    /// <summary>Notices that it expired, and brings the history up to date.</summary>
    [Alias("settle")]
    Task SettleAsync(CancellationToken cancellationToken);
}
