namespace VaultGrid.Enclave.Tests;

/// <summary>Policies, administrators and members change by approved records, which travel between enclaves and are verified again.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly TestGrid _grid;
    private readonly TestStore[] _stores;
    private readonly MembershipRecord _membership = TestGrid.Membership([1, 2]);
    private TestNode _one = null!;
    private TestNode _two = null!;
    private Hash256 _key;
    private KeyPolicy _first = null!;

    public RecordTests()
    {
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
        _stores = [new TestStore(_time), new TestStore(_time), new TestStore(_time)];
    }

    public async ValueTask InitializeAsync()
    {
        (_one, _two) = (_stores[0].Start(_grid, "1/1"), _stores[1].Start(_grid, "1/2"));
        await _one.JoinClusterAsync(_membership);
        await _two.JoinClusterAsync(_membership);
        (_key, _first) = await _one.CreateKeyAsync();
        await _two.CopyKeyAsync(_one);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var store in _stores) store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_replaced_policy_approves_nothing_any_more()
    {
        var second = _grid.KeyPolicy(after: _first);
        var change = _grid.Approved(_grid.ChangePolicy(_key, _first, second), second.ToUtf8());
        var under = _grid.Approved(_grid.Sign(_key, second));
        await _one.RefusesAsync(RefusalCode.StateStale, under);

        await _one.AskAsync(change);
        await _one.RefusesAsync(RefusalCode.PolicySuperseded, _grid.Approved(_grid.Sign(_key, _first)));
        Assert.IsType<Performed.Signed>(await _one.AskAsync(under));

        // Told again it answers as it did; told otherwise it says what has happened.
        var status = await _one.StatusAsync();
        Assert.IsType<Performed.Recorded>(await _one.AskAsync(change));
        Statuses.Same(status, await _one.StatusAsync());
        await _one.RefusesAsync(RefusalCode.PolicySuperseded, _grid.Approved(_grid.ChangePolicy(_key, _first, second), second.ToUtf8()));
    }

    [Fact]
    public async Task A_policy_follows_its_predecessor_or_is_refused()
    {
        var second = _grid.KeyPolicy(after: _first);
        var third = _grid.KeyPolicy(after: second);
        await _one.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.ChangePolicy(_key, _first, third), third.ToUtf8()));
        await _one.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.ChangePolicy(_key, _first, second) with { Replaces = second.Hash() }, second.ToUtf8()));
        await _one.RefusesAsync(RefusalCode.InputMalformed, _grid.Approved(_grid.ChangePolicy(_key, _first, second), third.ToUtf8()));
        var other = _grid.KeyPolicy("other", after: _first);
        await _one.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.ChangePolicy(_key, _first, other), other.ToUtf8()));
    }

    [Fact]
    public async Task A_node_that_missed_a_policy_refuses_requests_under_it_until_it_has_learned()
    {
        var second = _grid.KeyPolicy(after: _first);
        await _one.AskAsync(_grid.Approved(_grid.ChangePolicy(_key, _first, second), second.ToUtf8()));
        var call = _grid.Approved(_grid.Sign(_key, second));
        await _two.RefusesAsync(RefusalCode.StateStale, call);

        await _two.AskAsync(new LearnCall(await _one.AskAsync(new RecordsCall())));

        Assert.IsType<Performed.Signed>(await _two.AskAsync(call));
        await _two.RefusesAsync(RefusalCode.PolicySuperseded, _grid.Approved(_grid.Sign(_key, _first)));
        var status = await _two.StatusAsync();
        await _two.AskAsync(new LearnCall(await _one.AskAsync(new RecordsCall())));
        Statuses.Same(status, await _two.StatusAsync());
    }

    [Fact]
    public async Task A_copy_from_a_node_that_knows_less_is_refused()
    {
        var second = _grid.KeyPolicy(after: _first);
        await _two.AskAsync(_grid.Approved(_grid.ChangePolicy(_key, _first, second), second.ToUtf8()));
        var release = await _one.AskAsync(new ReleaseCall(await _two.AskAsync(new JoinCall(_first.KeyId))));
        await _two.RefusesAsync(RefusalCode.StateStale, new AcceptCall(release));
        Assert.Equal(2UL, (await _one.CopyKeyAsync(_two)).PolicyNumber);
    }

    [Fact]
    public async Task Records_are_believed_only_as_they_were_signed_and_approved()
    {
        var second = _grid.KeyPolicy(after: _first);
        await _one.AskAsync(_grid.Approved(_grid.ChangePolicy(_key, _first, second), second.ToUtf8()));
        var record = (await _one.AskAsync(new RecordsCall()))[^1];

        await Refuses(RefusalCode.ApprovalInvalid, record with { Time = record.Time.AddSeconds(-1) });
        await Refuses(RefusalCode.ApprovalQuorum, record with { Approvals = [record.Approvals[0]] });
        await Refuses(RefusalCode.ApprovalDuplicate, record with { Approvals = [record.Approvals[0], record.Approvals[0]] });
        await Refuses(RefusalCode.CertificateRole, record with { Witness = _grid.Admins[0].Der });
        await Refuses(RefusalCode.JoinMismatch, record with { Document = _grid.KeyPolicy("other").ToUtf8() });
        await Refuses(RefusalCode.RequestAction, record with { Request = RequestDocument.Of(_grid.Sign(_key, _first)).Utf8 });
        await Refuses(RefusalCode.RequestCluster, record with { Request = RequestDocument.Of(_grid.ChangePolicy(_key, _first, second) with { Cluster = new ClusterId(2) }).Utf8 });
        var foreign = _grid.Leaf(_grid.Clusters[1], VaultGrid.Model.Certificates.CertificateIdentity.Device(NodeId.Parse("2/1")));
        await Refuses(RefusalCode.NodeForeign, record with { Witness = foreign.Der });
    }

    [Fact]
    public async Task One_bad_record_refuses_them_all()
    {
        var second = _grid.KeyPolicy(after: _first);
        await _one.AskAsync(_grid.Approved(_grid.ChangePolicy(_key, _first, second), second.ToUtf8()));
        var records = await _one.AskAsync(new RecordsCall());
        await _two.RefusesAsync(RefusalCode.ApprovalInvalid, new LearnCall([.. records, records[^1] with { Document = records[0].Document, Request = records[0].Request, Signature = new byte[70] }, records[^1] with { Time = records[^1].Time.AddSeconds(9), Document = _grid.KeyPolicy(after: second).ToUtf8(), Request = RequestDocument.Of(_grid.ChangePolicy(_key, second, _grid.KeyPolicy(after: second))).Utf8 }]));
    }

    [Fact]
    public async Task Administrators_change_by_their_own_quorum_and_the_old_ones_create_nothing_more()
    {
        var next = TestGrid.Policy(KeyId.Provisioning, 1, [_grid.Admins[2]], _grid.AdminPolicy);
        await _one.AskAsync(_grid.Approved(_grid.ChangeAdmins(_grid.AdminPolicy, next), next.ToUtf8()));
        var policy = _grid.KeyPolicy("later");
        await _one.RefusesAsync(RefusalCode.PolicySuperseded, _grid.Approved(_grid.CreateKey(policy), policy.ToUtf8()));
        await _one.RefusesAsync(RefusalCode.ApprovalStranger, _grid.Approved(_grid.CreateKey(policy, admins: next), policy.ToUtf8()));

        var document = RequestDocument.Of(_grid.CreateKey(policy, admins: next));
        Assert.IsType<Performed.KeyCreated>(await _one.AskAsync(new PerformCall(document.Utf8, [_grid.Approve(document, _grid.Admins[2])], policy.ToUtf8())));

        // The other node can't judge a birth under administrators that it doesn't know; when it has learned of them it can.
        var release = await _one.AskAsync(new ReleaseCall(await _two.AskAsync(new JoinCall(policy.KeyId))));
        await _two.RefusesAsync(RefusalCode.StateStale, new AcceptCall(release));
        await _two.AskAsync(new LearnCall(await _one.AskAsync(new RecordsCall())));
        await _two.CopyKeyAsync(_one, "later");
    }

    [Fact]
    public async Task What_dismissed_administrators_approve_afterwards_is_not_learned()
    {
        // Node two is kept in the dark, and the old administrators have it change the membership after they were dismissed.
        var next = TestGrid.Policy(KeyId.Provisioning, 1, [_grid.Admins[2]], _grid.AdminPolicy);
        await _one.AskAsync(_grid.Approved(_grid.ChangeAdmins(_grid.AdminPolicy, next), next.ToUtf8()));
        _time.Advance(TimeSpan.FromSeconds(5));
        var larger = TestGrid.Membership([1, 2, 3], _membership);
        await _two.AskAsync(_grid.Approved(_grid.ChangeMembership(larger, _membership.Hash()), larger.ToUtf8()));

        await _one.RefusesAsync(RefusalCode.PolicySuperseded, new LearnCall(await _two.AskAsync(new RecordsCall())));
    }

    [Fact]
    public async Task A_new_node_learns_the_membership_and_gets_the_key()
    {
        var larger = TestGrid.Membership([1, 2, 3], _membership);
        await _one.AskAsync(_grid.Approved(_grid.ChangeMembership(larger, _membership.Hash()), larger.ToUtf8()));
        var three = _stores[2].Start(_grid, "1/3");
        await three.CertifyAsync();
        Assert.Equal(EnclavePhase.Certified, (await three.StatusAsync()).Phase);
        await three.AskAsync(new LearnCall(await _one.AskAsync(new RecordsCall())));
        Assert.Equal(EnclavePhase.Member, (await three.StatusAsync()).Phase);
        Assert.Equal(_key, (await three.CopyKeyAsync(_one)).Key);
        await _two.RefusesAsync(RefusalCode.NodeNotMember, new ReleaseCall(await three.AskAsync(new JoinCall(_first.KeyId))));
    }

    [Fact]
    public async Task A_node_that_was_removed_uses_no_key()
    {
        var smaller = TestGrid.Membership([1], _membership);
        var call = _grid.Approved(_grid.ChangeMembership(smaller, _membership.Hash()), smaller.ToUtf8());
        var join = await _one.AskAsync(new JoinCall(_first.KeyId));
        await _one.AskAsync(call);
        await _two.AskAsync(call);
        await _two.RefusesAsync(RefusalCode.NodeNotMember, new ReleaseCall(join));
        await _two.RefusesAsync(RefusalCode.NodeNotMember, _grid.Approved(_grid.Sign(_key, _first)));
        await _two.RefusesAsync(RefusalCode.NodeNotMember, new JoinCall(_first.KeyId));
        Assert.IsType<Performed.Signed>(await _one.AskAsync(_grid.Approved(_grid.Sign(_key, _first))));
    }

    [Fact]
    public async Task A_membership_record_replaces_the_one_in_force_or_is_refused()
    {
        var other = TestGrid.Membership([1, 2, 3]);
        await _one.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.ChangeMembership(other), other.ToUtf8()));
        var skipping = TestGrid.Membership([1, 2, 3], _membership) with { Number = 3 };
        await _one.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.ChangeMembership(skipping, _membership.Hash()), skipping.ToUtf8()));
        var foreign = TestGrid.Membership([1, 2, 3], _membership, cluster: 2);
        await _one.RefusesAsync(RefusalCode.RequestCluster, _grid.Approved(_grid.ChangeMembership(foreign, _membership.Hash()), foreign.ToUtf8()));
    }

    [Fact]
    public async Task A_retired_node_has_destroyed_its_keys_and_says_so_again()
    {
        var status = await _two.StatusAsync();
        await _two.RefusesAsync(RefusalCode.StateConflict, _grid.Approved(_grid.Retire(2, (await _one.StatusAsync()).DeviceKey)));
        var call = _grid.Approved(_grid.Retire(2, status.DeviceKey));
        await _one.RefusesAsync(RefusalCode.NodeForeign, call);

        Assert.Equal(new Performed.Moved(EnclavePhase.Retired), await _two.AskAsync(call));
        _stores[1].Stop();
        _two = _stores[1].Start(_grid, "1/2");
        Assert.Equal(new Performed.Moved(EnclavePhase.Retired), await _two.AskAsync(call));
        var retired = await _two.StatusAsync();
        Assert.Equal(EnclavePhase.Retired, retired.Phase);
        Assert.Empty(retired.Keys);
        await _two.RefusesAsync(RefusalCode.PhaseRefused, _grid.Approved(_grid.Sign(_key, _first)));
        await _two.RefusesAsync(RefusalCode.PhaseRefused, new AddAuthoritiesCall(_grid.Bundle()));
    }

    private Task Refuses(RefusalCode code, ApprovedRecord record) => _two.RefusesAsync(code, new LearnCall([record]));
}
