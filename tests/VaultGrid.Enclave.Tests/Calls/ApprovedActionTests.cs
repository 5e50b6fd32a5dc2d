using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>What every approved action asks for: its quorum, its own node, the state that it replaces, a certificate that counts. What is refused changes nothing.</summary>
public sealed class ApprovedActionTests : IAsyncLifetime
{
    private static readonly NodeId Liar = NodeId.Parse("2/1");

    private readonly ManualTime _time = new();
    private readonly TestGrid _grid;
    private readonly TestStore _store;
    private readonly MembershipRecord _membership = TestGrid.Membership([1, 2]);
    private TestNode _node = null!;
    private CorePort _port = null!;
    private Hash256 _key;
    private KeyPolicy _policy = null!;

    public ApprovedActionTests()
    {
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
        _store = new TestStore(_time);
    }

    public async ValueTask InitializeAsync()
    {
        _node = _store.Start(_grid);
        _port = (CorePort)_node.Port;
        await _node.JoinClusterAsync(_membership);
        (_key, _policy) = await _node.CreateKeyAsync();
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_action_needs_its_quorum()
    {
        foreach (var call in await AllAsync())
        {
            await _node.RefusesAsync(RefusalCode.ApprovalQuorum, call with { Approvals = [call.Approvals[0]] });
            await _node.RefusesAsync(RefusalCode.ApprovalQuorum, call with { Approvals = [] });
        }
    }

    [Fact]
    public async Task Every_action_has_its_time()
    {
        var calls = await AllAsync();
        _time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        foreach (var call in calls) await _node.RefusesAsync(RefusalCode.RequestExpired, call);
    }

    [Fact]
    public async Task A_node_that_is_no_member_makes_and_changes_no_key()
    {
        var calls = await AllAsync();
        var without = TestGrid.Membership([2], _membership);
        await _node.AskAsync(_grid.Approved(_grid.ChangeMembership(without, _membership.Hash()), without.ToUtf8()));
        foreach (var call in calls.Where(call => Of(call) is CreateKeyRequest or ChangePolicyRequest or ClearAlarmsRequest))
            await _node.RefusesAsync(RefusalCode.NodeNotMember, call);
    }

    [Fact]
    public async Task A_node_whose_certificate_was_revoked_changes_neither_administrators_nor_members()
    {
        var own = RoleCertificate.Parse((await _node.StatusAsync()).Certificate.Span).Value;
        await _node.AskAsync(new AddAuthoritiesCall(_grid.Bundle(_grid.Clusters[0].List(2, _time.GetUtcNow(), (Convert.FromHexString(own.Serial.ToString()), _time.GetUtcNow())))));
        foreach (var call in (await AllAsync()).Where(call => Of(call) is not RetireNodeRequest)) await _node.RefusesAsync(RefusalCode.CertificateRevoked, call);
    }

    [Fact]
    public async Task What_is_for_one_node_is_for_no_other()
    {
        var status = await _node.StatusAsync();
        await _node.RefusesAsync(RefusalCode.NodeForeign, _grid.Approved(_grid.Retire(2, status.DeviceKey)));
        await _node.RefusesAsync(RefusalCode.NodeForeign, _grid.Approved(_grid.ClearAlarms(NodeId.Parse("1/2"), _key, status.AlarmsHash, Liar)));
        var policy = _grid.KeyPolicy("other");
        await _node.RefusesAsync(RefusalCode.NodeForeign, _grid.Approved(_grid.CreateKey(policy, node: 2), policy.ToUtf8()));
    }

    [Fact]
    public async Task An_action_that_brings_nothing_has_no_document_beside_it()
    {
        foreach (var call in (await AllAsync()).Where(call => Of(call) is RetireNodeRequest or ClearAlarmsRequest))
            await _node.RefusesAsync(RefusalCode.InputMalformed, call with { Document = new byte[] { 1 } });
    }

    [Fact]
    public async Task A_document_has_its_limit()
    {
        var call = (await AllAsync())[0];
        await _node.RefusesAsync(RefusalCode.InputTooLarge, call with { Document = new byte[EnclaveLimits.Document + 1] });
        await _node.RefusesAsync(RefusalCode.InputMalformed, call with { Document = new byte[EnclaveLimits.Document] });
    }

    [Fact]
    public async Task Administrators_and_devices_are_replaced_by_whoever_knows_them()
    {
        var second = TestGrid.Policy(KeyId.Provisioning, 1, [_grid.Admins[2]], _grid.AdminPolicy);
        var third = TestGrid.Policy(KeyId.Provisioning, 2, _grid.Admins, second);
        await _node.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.ChangeAdmins(_grid.AdminPolicy, second) with { Replaces = second.Hash() }, second.ToUtf8()));
        await _node.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.ChangeAdmins(_grid.AdminPolicy, third), third.ToUtf8()));
        await _node.RefusesAsync(RefusalCode.InputMalformed, _grid.Approved(_grid.ChangeAdmins(_grid.AdminPolicy, second), third.ToUtf8()));
        await _node.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.Retire(1, Hash256.Sha256([1]))));
        await _node.RefusesAsync(RefusalCode.InputMalformed, _grid.Approved(_grid.ChangeMembership(TestGrid.Membership([1], _membership), _membership.Hash()), _membership.ToUtf8()));
    }

    [Fact]
    public async Task A_membership_replaces_the_one_that_its_request_names()
    {
        var next = TestGrid.Membership([1], _membership);
        await _node.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.ChangeMembership(next, next.Hash()), next.ToUtf8()));
        await _node.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.ChangeMembership(next), next.ToUtf8()));
    }

    [Fact]
    public async Task A_document_that_was_approved_and_is_none_is_refused()
    {
        byte[] none = [1, 2, 3];
        await _node.RefusesAsync(RefusalCode.PolicyMalformed, _grid.Approved(_grid.ChangePolicy(_key, _policy, _policy) with { NextPolicy = Documents.PolicyHash(none) }, none));
        await _node.RefusesAsync(RefusalCode.PolicyMalformed, _grid.Approved(_grid.ChangeAdmins(_grid.AdminPolicy, _policy) with { NextPolicy = Documents.PolicyHash(none) }, none));
        var members = _grid.ChangeMembership(_membership, _membership.Hash()) with { Membership = Documents.MembershipHash(none) };
        var outcome = await _node.TryAsync(_grid.Approved(members, none));
        Assert.Equal(MembershipRecord.Parse(none).Refusal!.Code, outcome.Refusal?.Code);
    }

    [Fact]
    public async Task Chains_that_no_message_would_hold_grow_no_further()
    {
        var calls = await AllAsync();
        var large = _port.State.Memberships[0] with { Document = new byte[EnclaveLimits.Frame / 2] };
        _port.Change(state => state with
        {
            AdminChanges = [large],
            Memberships = [large],
            Keys = state.Keys.With(state.Keys.All.Single().With(state.Keys.All.Single().Evidence with { Changes = [large] }, state.Keys.All.Single().Policies)),
        });
        foreach (var call in calls.Where(call => Of(call) is ChangePolicyRequest or ChangeAdminsRequest or ChangeMembershipRequest))
            await _node.RefusesAsync(RefusalCode.InputTooLarge, call);
    }

    [Fact]
    public async Task An_alarm_is_cleared_as_it_is_and_once()
    {
        await _node.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.ClearAlarms(_node.Id, _key, (await _node.StatusAsync()).AlarmsHash, Liar)));
        _port.Change(state => state with { Alarms = state.Alarms.Raise(_key, [Liar]) });
        var alarms = (await _node.StatusAsync()).AlarmsHash;
        await _node.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.ClearAlarms(_node.Id, _key, Hash256.Sha256([1]), Liar)));
        await _node.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.ClearAlarms(_node.Id, _key, alarms, NodeId.Parse("3/1"))));

        var call = _grid.Approved(_grid.ClearAlarms(_node.Id, _key, alarms, Liar));
        var cleared = Assert.IsType<Performed.AlarmsCleared>(await _node.AskAsync(call));
        var status = await _node.StatusAsync();
        Assert.Empty(status.Alarms);
        Assert.Equal(status.AlarmsHash, cleared.Alarms);
        Assert.Equal(cleared, await _node.AskAsync(call));
    }

    [Fact]
    public async Task What_took_effect_is_answered_again_by_what_it_was()
    {
        var second = _grid.KeyPolicy(after: _policy);
        var admins = TestGrid.Policy(KeyId.Provisioning, 2, [_grid.Admins[0], _grid.Admins[1]], _grid.AdminPolicy);
        var members = TestGrid.Membership([1], _membership);
        PerformCall[] calls =
        [
            _grid.Approved(_grid.ChangePolicy(_key, _policy, second), second.ToUtf8()),
            _grid.Approved(_grid.ChangeMembership(members, _membership.Hash()), members.ToUtf8()),
            _grid.Approved(_grid.ChangeAdmins(_grid.AdminPolicy, admins), admins.ToUtf8()),
        ];
        var done = new List<ApprovedRecord>();
        foreach (var call in calls) done.Add(Assert.IsType<Performed.Recorded>(await _node.AskAsync(call)).Record);
        foreach (var (call, record) in calls.Zip(done))
        {
            var again = Assert.IsType<Performed.Recorded>(await _node.AskAsync(call)).Record;
            Assert.Equal(record.Signature.ToArray(), again.Signature.ToArray());
            Assert.Equal(call.Document.ToArray(), record.Document.ToArray());
            Assert.Equal(call.Request.ToArray(), record.Request.ToArray());
        }

        // The birth is answered without the policies that came since.
        var birth = _grid.CreateKey(_grid.KeyPolicy("once"), admins: admins);
        var creation = new PerformCall(RequestDocument.Of(birth).Utf8, _grid.Approved(birth).Approvals, _grid.KeyPolicy("once").ToUtf8());
        var made = Assert.IsType<Performed.KeyCreated>(await _node.AskAsync(creation)).Evidence;
        var key = BirthRecord.Parse(made.Birth.Document.Span).Value.Hash();
        var later = _grid.KeyPolicy("once", after: _grid.KeyPolicy("once"));
        await _node.AskAsync(_grid.Approved(_grid.ChangePolicy(key, _grid.KeyPolicy("once"), later), later.ToUtf8()));
        var told = Assert.IsType<Performed.KeyCreated>(await _node.AskAsync(creation)).Evidence;
        Assert.Empty(told.Changes);
        Assert.Equal(made.Birth.Signature.ToArray(), told.Birth.Signature.ToArray());
        Assert.Single((await _node.AskAsync(new DescribeKeyCall(key))).Changes);
    }

    [Fact]
    public async Task A_key_s_policy_changes_where_the_key_is()
    {
        var second = _grid.KeyPolicy(after: _policy);
        var change = _grid.ChangePolicy(_key, _policy, second);
        await _node.RefusesAsync(RefusalCode.KeyUnknown, _grid.Approved(change with { Key = Hash256.Sha256([1]) }, second.ToUtf8()));
        await _node.RefusesAsync(RefusalCode.RequestCluster, _grid.Approved(change with { Clusters = ClusterSet.Of(1, 2) }, second.ToUtf8()));
    }

    [Fact]
    public async Task A_generation_is_no_call_of_one_node()
    {
        var policy = _grid.KeyPolicy("generated");
        var holders = HolderSet.Of([NodeId.Parse("1/1"), NodeId.Parse("1/2"), NodeId.Parse("1/3")], 1).Value;
        await _node.RefusesAsync(RefusalCode.RequestAction, _grid.Approved(
            new GenerateKeyRequest
            {
                KeyId = policy.KeyId, Kind = KeyKind.FrostSecp256k1, Holders = holders, FirstPolicy = policy.Hash(), Id = _grid.NextId(), Cluster = new ClusterId(1),
                Policy = _grid.AdminPolicy.Hash(), Revocations = 1, Expires = _grid.In(TimeSpan.FromHours(1)), Purpose = "a key that nobody has",
            },
            policy.ToUtf8()));
    }

    [Fact]
    public async Task A_retired_node_has_destroyed_what_it_held()
    {
        var key = _port.State.Keys.Find(_key).Value;
        var device = _port.State.Identity!;
        await _node.AskAsync(_grid.Approved(_grid.Retire(1, (await _node.StatusAsync()).DeviceKey)));
        Assert.False(key.Seed.TryTake(out _));
        var state = _port.State;
        Assert.Equal((EnclavePhase.Retired, 0, null), (state.Phase, state.Keys.Count, state.Identity!.Key));
        Assert.Empty(state.WrapKeys);
        Assert.Empty(state.Chains.Told());
        Assert.Equal(device.KeyHash, state.Identity.KeyHash);
    }

    private static Request Of(PerformCall call) => RequestDocument.Parse(call.Request.Span).Value.Request;

    // One of each action that this node would carry out.
    private async Task<IReadOnlyList<PerformCall>> AllAsync()
    {
        _port.Change(state => state.Alarms.IsEmpty ? state with { Alarms = state.Alarms.Raise(_key, [Liar]) } : state);
        var status = await _node.StatusAsync();
        var (created, changed) = (_grid.KeyPolicy("second"), _grid.KeyPolicy(after: _policy));
        var admins = TestGrid.Policy(KeyId.Provisioning, 1, [_grid.Admins[2]], _grid.AdminPolicy);
        var members = TestGrid.Membership([1, 2, 3], _membership);
        return
        [
            _grid.Approved(_grid.CreateKey(created), created.ToUtf8()),
            _grid.Approved(_grid.ChangePolicy(_key, _policy, changed), changed.ToUtf8()),
            _grid.Approved(_grid.ChangeAdmins(_grid.AdminPolicy, admins), admins.ToUtf8()),
            _grid.Approved(_grid.ChangeMembership(members, _membership.Hash()), members.ToUtf8()),
            _grid.Approved(_grid.ClearAlarms(_node.Id, _key, status.AlarmsHash, Liar)),
            _grid.Approved(_grid.Retire(1, status.DeviceKey)),
        ];
    }
}
