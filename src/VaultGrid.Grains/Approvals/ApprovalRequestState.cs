namespace VaultGrid.Grains.Approvals;

/// <summary>What a request grain remembers; empty before the request is filed.</summary>
[GenerateSerializer, Alias("vg.approval.stored.v1")]
internal sealed class ApprovalRequestState
{
    /// <summary>The request and where it stands.</summary>
    [Id(0)] public RequestReport? Report { get; set; }

    /// <summary>The approvals gathered, each as far as could be told a good one.</summary>
    [Id(1)] public ImmutableArray<GivenApproval> Approvals { get; set; } = [];

    /// <summary>The node that was about to carry it out: asked first after a crash, because it may have done so.</summary>
    [Id(2)] public NodeId? Tried { get; set; }
}
