using VaultGrid.Enclave.Tests;
using VaultGrid.Grains.Approvals;
using VaultGrid.Grains.Bridges;
using VaultGrid.Grains.Clusters;
using VaultGrid.Grains.Clusters.Synchronisation;

namespace VaultGrid.Grains.Tests.Rules;

/// <summary>The pure decisions, without any grain.</summary>
public sealed class RuleTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ClusterId Cluster = new(1);
    private static readonly Hash256 Key = Hash256.Sha256([1]);

    private readonly TestGrid _grid = new(Now.AddDays(-1)) { Now = Now };

    [Fact]
    public void Members_that_hold_the_key_come_before_members_that_do_not_and_before_nodes_that_are_down()
    {
        ImmutableArray<NodeReport> nodes =
        [
            Report(1, NodeReport.Detached, holds: true), Report(2, NodeReport.Member, holds: false), Report(3, NodeReport.Member, holds: true),
            Report(4, NodeReport.Certified, holds: false), Report(5, "retired", holds: true),
        ];
        for (var i = 0; i < 5; i++)
            Assert.Equal([3U, 2U, 1U], NodeRoute.For(_grid.Sign(Key, _grid.AdminPolicy), nodes).Select(node => node.Index));
    }

    [Fact]
    public void Equal_nodes_take_turns()
    {
        ImmutableArray<NodeReport> nodes = [Report(1, NodeReport.Member, true), Report(2, NodeReport.Member, true), Report(3, NodeReport.Member, true)];
        var first = Enumerable.Range(0, 30).Select(_ => NodeRoute.For(_grid.Sign(Key, _grid.AdminPolicy), nodes)[0].Index).ToHashSet();
        Assert.Equal([1U, 2U, 3U], first.Order());
    }

    [Fact]
    public void Only_members_are_given_keys_and_only_those_they_lack()
    {
        var missing = SyncPlan.KeysLacking([Report(1, NodeReport.Member, true), Report(2, NodeReport.Member, false), Report(3, NodeReport.Certified, false), Report(4, NodeReport.Detached, true)]);
        var only = Assert.Single(missing);
        Assert.Equal((2U, "k"), (only.Joiner.Index, only.KeyId.ToString()));
        Assert.Equal([1U], only.Holders.Select(holder => holder.Index));
    }

    [Fact]
    public void A_node_in_step_is_brought_nothing()
    {
        ImmutableArray<NodeReport> even = [Report(1, NodeReport.Member, true), Report(2, NodeReport.Member, true)];
        Assert.False(SyncPlan.LacksRecords(even));
        Assert.True(SyncPlan.LacksRecords([even[0], even[1] with { AdminsNumber = 2 }]));
        Assert.True(SyncPlan.LacksRecords([even[0], even[1] with { MembershipNumber = 2 }]));
        Assert.False(SyncPlan.LacksRecords([even[0], even[1] with { MembershipNumber = 2, Phase = NodeReport.Detached }]));
        var lists = new Dictionary<string, ulong> { ["admin-ca"] = 2 };
        Assert.True(SyncPlan.LacksLists(even[0] with { RevocationLists = [new RevocationListReport("admin-ca", 1, Now)] }, lists));
        Assert.False(SyncPlan.LacksLists(even[0] with { RevocationLists = [new RevocationListReport("admin-ca", 3, Now)] }, lists));
    }

    [Theory]
    [InlineData(RefusalCode.ApprovalQuorum, RequestState.Open)]
    [InlineData(RefusalCode.GridUnavailable, RequestState.Open)]
    [InlineData(RefusalCode.StateStale, RequestState.Open)]
    [InlineData(RefusalCode.RevocationsOverdue, RequestState.Open)]
    [InlineData(RefusalCode.PolicySuperseded, RequestState.Refused)]
    [InlineData(RefusalCode.PolicyPath, RequestState.Refused)]
    [InlineData(RefusalCode.StateConflict, RequestState.Refused)]
    [InlineData(RefusalCode.TransactionMalformed, RequestState.Refused)]
    public void A_request_is_closed_only_by_what_nothing_can_cure(RefusalCode code, RequestState state)
    {
        var filed = File();
        Assert.Equal(state, RequestDecisions.Refuse(filed, new Refusal(code, "so"), Now).State);
        Assert.Equal(state == RequestState.Refused, RequestDecisions.WhyClosed(RequestDecisions.Refuse(filed, new Refusal(code, "so"), Now)) is not null);
    }

    [Fact]
    public void An_open_request_expires_and_a_closed_one_does_not()
    {
        var filed = File();
        Assert.Same(filed, RequestDecisions.At(filed, filed.Expires));
        var late = RequestDecisions.At(filed, filed.Expires.AddSeconds(1));
        Assert.Equal((RequestState.Expired, "request.expired"), (late.State, late.Refusal!.Code));
        var done = filed with { State = RequestState.Done };
        Assert.Same(done, RequestDecisions.At(done, filed.Expires.AddDays(1)));
    }

    [Fact]
    public void A_request_that_is_late_or_lives_too_long_is_not_filed()
    {
        var document = RequestDocument.Of(_grid.Sign(Key, _grid.AdminPolicy));
        var command = new SubmitRequest(document.Utf8, default, "caller");
        Assert.Equal(RefusalCode.RequestExpired, RequestDecisions.File(document, command, Now.AddHours(2)).Refusal?.Code);
        Assert.Equal(RefusalCode.RequestExpiryTooFar, RequestDecisions.File(document, command, Now.AddDays(-8)).Refusal?.Code);
        Assert.Equal(RefusalCode.RequestMalformed, RequestDecisions.File(document, command with { Document = new byte[] { 1 } }, Now).Refusal?.Code);
    }

    [Fact]
    public async Task A_door_refuses_early_when_enough_calls_are_under_way_and_opens_again()
    {
        using var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddMetricsProvider();
        var admission = new BridgeAdmission(Microsoft.Extensions.Options.Options.Create(new GridGrainOptions { BridgeCalls = 2 }), services.Meters);
        var hold = new TaskCompletionSource<Answer<Nothing>>();
        var held = new[] { admission.RunAsync("1", () => hold.Task), admission.RunAsync("1", () => hold.Task) };
        Assert.Equal("grid.overloaded", (await admission.RunAsync<Nothing>("1", () => throw new InvalidOperationException())).Refusal?.Code);
        Assert.Null((await admission.RunAsync("2", () => Task.FromResult<Answer<Nothing>>(Nothing.Value))).Refusal);

        hold.SetResult(Nothing.Value);
        await Task.WhenAll(held);
        Assert.Null((await admission.RunAsync("1", () => Task.FromResult<Answer<Nothing>>(Nothing.Value))).Refusal);
    }

    private RequestReport File()
    {
        var document = RequestDocument.Of(_grid.Sign(Key, _grid.AdminPolicy));
        return RequestDecisions.File(document, new SubmitRequest(document.Utf8, default, "caller"), Now).Value;
    }

    private static NodeReport Report(uint index, string phase, bool holds) => new()
    {
        Node = new NodeId(Cluster, index),
        Phase = phase,
        AdminsNumber = 1,
        MembershipNumber = 1,
        Keys = holds ? [new HeldKeyReport(KeyId.Parse("k"), Key, Key, Key, 1)] : [],
    };
}
