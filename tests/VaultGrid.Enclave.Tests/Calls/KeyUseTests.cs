namespace VaultGrid.Enclave.Tests;

/// <summary>What uses a key and changes nothing: signatures, audit signatures, accounts.</summary>
public sealed class KeyUseTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly TestGrid _grid;
    private readonly TestStore _store;
    private readonly MembershipRecord _membership = TestGrid.Membership([1]);
    private TestNode _node = null!;
    private Hash256 _key;
    private KeyPolicy _policy = null!;

    public KeyUseTests()
    {
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
        _store = new TestStore(_time);
    }

    public async ValueTask InitializeAsync()
    {
        _node = _store.Start(_grid);
        await _node.JoinClusterAsync(_membership);
        (_key, _policy) = await _node.CreateKeyAsync();
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_signing_request_is_for_this_cluster_alone_and_has_nothing_beside_it()
    {
        var request = _grid.Sign(_key, _policy);
        await _node.RefusesAsync(RefusalCode.InputMalformed, _grid.Approved(request, [1]));
        await _node.RefusesAsync(RefusalCode.RequestCluster, _grid.Approved(request with { Clusters = ClusterSet.Of(1, 2) }));
        await _node.RefusesAsync(RefusalCode.RequestCluster, _grid.Approved(request with { Cluster = new ClusterId(2) }));
        await _node.RefusesAsync(RefusalCode.KeyUnknown, _grid.Approved(request with { Key = Hash256.Sha256([1]) }));
        await _node.RefusesAsync(RefusalCode.PolicyPath, _grid.Approved(request with { Path = DerivationPath.Parse("m/44'/60'/0'/1/0").Value }));
        Assert.IsType<Performed.Signed>(await _node.AskAsync(_grid.Approved(request)));
    }

    [Fact]
    public async Task An_audit_signs_eight_bytes_at_most_and_not_too_often()
    {
        await _node.RefusesAsync(RefusalCode.AuditTooLong, new AuditSignCall(_key, new byte[EnclaveLimits.AuditMessage + 1]));
        await _node.RefusesAsync(RefusalCode.KeyUnknown, new AuditSignCall(Hash256.Sha256([1]), new byte[1]));
        var message = new byte[EnclaveLimits.AuditMessage];
        for (var i = 0; i < 16; i++)
        {
            var answer = await _node.AskAsync(new AuditSignCall(_key, message));
            var signature = EcdsaSignature.FromCompact([.. answer.R.Span, .. answer.S.Span], answer.RecoveryId).Value;
            Assert.True(PublicKey.Parse(answer.PublicKey.Span).Value.Verify(AuditSignCall.DigestOf(message).AsSpan(), signature));
        }

        await _node.RefusesAsync(RefusalCode.AuditRate, new AuditSignCall(_key, message));
        _time.Advance(TimeSpan.FromSeconds(1));
        await _node.AskAsync(new AuditSignCall(_key, new byte[1]));

        // Checks of keys are counted with them.
        for (var i = 0; i < 7; i++) await _node.AskAsync(new CheckKeyCall(_key));
        await _node.RefusesAsync(RefusalCode.AuditRate, new CheckKeyCall(_key));
    }

    [Fact]
    public async Task Accounts_are_told_where_the_policy_leads()
    {
        Assert.Equal(78, (await _node.AskAsync(new DeriveAccountCall(_key, DerivationPath.Parse("m/44'/60'/7'").Value))).Length);
        await _node.RefusesAsync(RefusalCode.PolicyPath, new DeriveAccountCall(_key, DerivationPath.Parse("m/44'/61'").Value));
        await _node.RefusesAsync(RefusalCode.KeyUnknown, new DeriveAccountCall(Hash256.Sha256([1]), DerivationPath.Parse("m/44'/60'").Value));
        var several = TestGrid.Policy(KeyId.Parse("several"), 2, _grid.Admins, null, "m/44'/60'/*'/0/*", "m/84'/0'/*'/0/*");
        var made = Assert.IsType<Performed.KeyCreated>(await _node.AskAsync(_grid.Approved(_grid.CreateKey(several), several.ToUtf8())));
        var key = BirthRecord.Parse(made.Evidence.Birth.Document.Span).Value.Hash();
        foreach (var path in new[] { "m/44'/60'/7'", "m/84'/0'/7'" }) await _node.AskAsync(new DeriveAccountCall(key, DerivationPath.Parse(path).Value));
        await _node.RefusesAsync(RefusalCode.PolicyPath, new DeriveAccountCall(key, DerivationPath.Parse("m/84'/60'").Value));
        await _node.RefusesAsync(RefusalCode.KeyUnknown, new DescribeThresholdCall(_key));
        await _node.RefusesAsync(RefusalCode.KeyUnknown, new DescribeThresholdCall(Hash256.Sha256([1])));
    }

    [Fact]
    public async Task A_node_that_is_no_member_uses_no_key_in_any_way()
    {
        var without = TestGrid.Membership([2], _membership);
        await _node.AskAsync(_grid.Approved(_grid.ChangeMembership(without, _membership.Hash()), without.ToUtf8()));
        await _node.RefusesAsync(RefusalCode.NodeNotMember, _grid.Approved(_grid.Sign(_key, _policy)));
        await _node.RefusesAsync(RefusalCode.NodeNotMember, new AuditSignCall(_key, new byte[1]));
        await _node.RefusesAsync(RefusalCode.NodeNotMember, new DeriveAccountCall(_key, DerivationPath.Parse("m/44'/60'").Value));
        await _node.RefusesAsync(RefusalCode.NodeNotMember, new CheckKeyCall(_key));
        await _node.RefusesAsync(RefusalCode.NodeNotMember, new WrapKeyCall(KeyId.Parse("dealt")));
    }

    [Fact]
    public void A_full_enclave_and_a_taken_name_have_room_for_no_birth()
    {
        var state = ((CorePort)_node.Port).State;
        var key = state.Keys.Find(_key).Value;
        var free = KeyId.Parse("free");
        Assert.Null(Births.Room(free, state).Refusal);
        Assert.Equal(RefusalCode.KeyExists, Births.Room(_policy.KeyId, state).Refusal?.Code);
        Assert.Equal(RefusalCode.KeyExists, Births.Room(KeyId.Provisioning, state).Refusal?.Code);

        var keys = state.Keys;
        while (keys.Count < EnclaveLimits.Keys - 1)
            keys = keys.With(new VaultKey(key.Evidence, key.Birth with { KeyId = KeyId.Parse($"key-{keys.Count}") }, key.Policies, key.Seed));
        Assert.Null(Births.Room(free, state with { Keys = keys }).Refusal);
        keys = keys.With(new VaultKey(key.Evidence, key.Birth with { KeyId = KeyId.Parse("last") }, key.Policies, key.Seed));
        Assert.Equal(RefusalCode.InputTooLarge, Births.Room(free, state with { Keys = keys }).Refusal?.Code);
    }

    [Fact]
    public void A_first_policy_is_the_one_that_is_named_and_of_its_key()
    {
        var second = _grid.KeyPolicy(after: _policy);
        Assert.Equal(_policy.Hash(), Births.FirstPolicy(_policy.ToUtf8(), _policy.Hash(), _policy.KeyId).Value.CurrentHash);
        Assert.Equal(RefusalCode.InputMalformed, Births.FirstPolicy(_policy.ToUtf8(), second.Hash(), _policy.KeyId).Refusal?.Code);
        Assert.Equal(RefusalCode.PolicyMalformed, Births.FirstPolicy(_policy.ToUtf8(), _policy.Hash(), KeyId.Parse("other")).Refusal?.Code);
        Assert.Equal(RefusalCode.StateConflict, Births.FirstPolicy(second.ToUtf8(), second.Hash(), _policy.KeyId).Refusal?.Code);
        Assert.Equal(RefusalCode.PolicyMalformed, Births.FirstPolicy([1], Documents.PolicyHash([1]), _policy.KeyId).Refusal?.Code);
    }

    [Fact]
    public void A_chain_of_records_fits_half_a_frame()
    {
        var record = ((CorePort)_node.Port).State.Keys.Find(_key).Value.Evidence.Birth with { Document = default };
        var writer = new WireWriter();
        ApprovedRecord.Write(writer, record);
        var rest = (EnclaveLimits.Frame / 2) - writer.Written.Length;
        Assert.Null(RecordMaker.CheckRoom([record with { Document = new byte[rest] }]).Refusal);
        Assert.Equal(RefusalCode.InputTooLarge, RecordMaker.CheckRoom([record with { Document = new byte[rest + 1] }]).Refusal?.Code);
        Assert.Equal(RefusalCode.InputTooLarge, RecordMaker.CheckRoom([record, record with { Document = new byte[rest] }]).Refusal?.Code);
    }
}
