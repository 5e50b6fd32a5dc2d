using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>Identity, certificates and CAs' news: what is taken once, what may be renewed, what is refused.</summary>
public sealed class ProvisioningTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly TestGrid _grid;
    private readonly TestStore _store;

    public ProvisioningTests()
    {
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
        _store = new TestStore(_time);
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_same_provisioning_is_answered_again_and_another_is_refused()
    {
        var node = _store.Start(_grid);
        var call = node.Provisioning();
        var first = await node.AskAsync(call);
        var status = await node.StatusAsync();
        var again = await node.AskAsync(call);
        Assert.Equal(first.Request.ToArray(), again.Request.ToArray());
        Assert.Equal((_grid.AdminPolicy.Hash(), _grid.AdminPolicy.Hash()), (first.Admins, again.Admins));
        Statuses.Same(status, await node.StatusAsync());
        await node.RefusesAsync(RefusalCode.PhaseRefused, call with { Node = NodeId.Parse("1/2") });

        // The request is signed by the key that it asks a certificate for, and binds the administrators' policy.
        var asked = DeviceRequest.Parse(first.Request.Span).Value;
        Assert.Equal((node.Id, status.DeviceKey), (asked.Node, new Hash256(asked.Key.SpkiHash.Span)));
    }

    [Fact]
    public async Task Nothing_is_made_under_a_root_or_administrators_that_cant_be()
    {
        var node = _store.Start(_grid);
        var call = node.Provisioning();
        await node.RefusesAsync(RefusalCode.CertificateRole, call with { Root = _grid.AdminCa.Der });
        await node.RefusesAsync(RefusalCode.PolicyMalformed, call with { Admins = [new byte[] { 1 }] });
        await node.RefusesAsync(RefusalCode.StateConflict, call with { Admins = [TestGrid.Policy(KeyId.Provisioning, 2, _grid.Admins, _grid.AdminPolicy).ToUtf8()] });
        await node.RefusesAsync(RefusalCode.CertificateExpired, call with { Root = new TestGrid(_time.GetUtcNow().AddDays(-4000)).Root.Der });
        Assert.Equal(EnclavePhase.Unprovisioned, (await node.StatusAsync()).Phase);
    }

    [Fact]
    public async Task A_certificate_is_for_this_key_and_this_node()
    {
        var node = _store.Start(_grid);
        var request = (await node.AskAsync(node.Provisioning())).Request;
        var bundle = _grid.Bundle();
        var other = _grid.Device(request.Span);
        other.Key = _grid.Admins[0].Key;
        await node.RefusesAsync(RefusalCode.CertificateKey, new CertifyCall(other.Der, bundle));
        var elsewhere = _grid.Leaf(_grid.Clusters[0], CertificateIdentity.Device(NodeId.Parse("1/2")));
        elsewhere.Key = _grid.Device(request.Span).Key;
        await node.RefusesAsync(RefusalCode.NodeForeign, new CertifyCall(elsewhere.Der, bundle));
        await node.RefusesAsync(RefusalCode.CertificateUntrusted, new CertifyCall(_grid.Device(request.Span).Der, default));
        await node.RefusesAsync(RefusalCode.CertificateMalformed, new CertifyCall(new byte[] { 1 }, bundle));
        await node.RefusesAsync(AuthorityBundle.Parse([1]).Refusal!.Code, new CertifyCall(_grid.Device(request.Span).Der, new byte[] { 1 }));
        Assert.Equal(EnclavePhase.Provisioned, (await node.StatusAsync()).Phase);

        await node.AskAsync(new CertifyCall(_grid.Device(request.Span).Der, bundle));
        Assert.Equal(EnclavePhase.Certified, (await node.StatusAsync()).Phase);
    }

    [Fact]
    public async Task A_renewal_is_taken_and_what_it_replaced_does_not_come_back()
    {
        var node = _store.Start(_grid);
        var request = (await node.AskAsync(node.Provisioning())).Request;
        var (first, renewed) = (_grid.Device(request.Span), _grid.Device(request.Span));
        renewed.NotBefore = first.NotBefore.AddSeconds(1);
        var bundle = _grid.Bundle();
        await node.AskAsync(new CertifyCall(first.Der, bundle));
        var status = await node.StatusAsync();
        await node.AskAsync(new CertifyCall(first.Der, bundle));
        Statuses.Same(status, await node.StatusAsync());

        // Another of the same second is no older one.
        var twin = _grid.Device(request.Span);
        await node.AskAsync(new CertifyCall(twin.Der, default));
        Assert.Equal(twin.Der, (await node.StatusAsync()).Certificate.ToArray());
        await node.AskAsync(new CertifyCall(renewed.Der, default));
        Assert.Equal(renewed.Der, (await node.StatusAsync()).Certificate.ToArray());
        await node.RefusesAsync(RefusalCode.StateStale, new CertifyCall(first.Der, default));
    }

    [Fact]
    public async Task A_renewal_moves_no_phase()
    {
        var node = _store.Start(_grid);
        await node.JoinClusterAsync(TestGrid.Membership([1]));
        var renewed = _grid.Device(((CorePort)node.Port).State.Identity!.Request.Span);
        renewed.NotBefore = renewed.NotBefore.AddSeconds(1);
        await node.AskAsync(new CertifyCall(renewed.Der, default));
        Assert.Equal(EnclavePhase.Member, (await node.StatusAsync()).Phase);
    }

    [Fact]
    public async Task A_certified_node_that_no_membership_names_is_no_member()
    {
        var node = _store.Start(_grid);
        await node.CertifyAsync();
        var others = TestGrid.Membership([2, 3]);
        await node.AskAsync(_grid.Approved(_grid.ChangeMembership(others), others.ToUtf8()));
        Assert.Equal(EnclavePhase.Certified, (await node.StatusAsync()).Phase);
        var with = TestGrid.Membership([1, 2, 3], others);
        await node.AskAsync(_grid.Approved(_grid.ChangeMembership(with, others.Hash()), with.ToUtf8()));
        Assert.Equal(EnclavePhase.Member, (await node.StatusAsync()).Phase);
    }

    [Fact]
    public async Task News_that_are_none_change_nothing()
    {
        var node = _store.Start(_grid);
        var bundle = _grid.Bundle();
        await node.AskAsync(new CertifyCall(_grid.Device((await node.AskAsync(node.Provisioning())).Request.Span).Der, bundle));
        var status = await node.StatusAsync();
        await node.AskAsync(new AddAuthoritiesCall(bundle));
        Statuses.Same(status, await node.StatusAsync());
        await node.AskAsync(new AddAuthoritiesCall(_grid.Bundle(_grid.AdminCa.List(2, _grid.Start.AddHours(1)))));
        Assert.Equal(status.StoreVersion + 1, (await node.StatusAsync()).StoreVersion);
    }

    [Fact]
    public async Task A_status_tells_all_of_it()
    {
        var node = _store.Start(_grid);
        var fresh = await node.StatusAsync();
        Assert.Equal((EnclavePhase.Unprovisioned, null, "software"), (fresh.Phase, fresh.Node, fresh.Adapter));
        Assert.Equal((default, default, default, 0ul, 0ul), (fresh.DeviceKey, fresh.Admins, fresh.Membership, fresh.AdminsNumber, fresh.MembershipNumber));
        Assert.True(fresh.Certificate.IsEmpty);
        Assert.Empty(fresh.RevocationLists);

        var membership = TestGrid.Membership([1]);
        await node.JoinClusterAsync(membership);
        var (key, policy) = await node.CreateKeyAsync();
        var status = await node.StatusAsync();
        var state = ((CorePort)node.Port).State;
        Assert.Equal((EnclavePhase.Member, node.Id, state.Version), (status.Phase, status.Node, status.StoreVersion));
        Assert.Equal((state.VersionedPart, state.Identity!.KeyHash, state.Alarms.Hash), (status.VersionedPart, status.DeviceKey, status.AlarmsHash));
        Assert.Equal(state.Certificate!.Der.ToArray(), status.Certificate.ToArray());
        Assert.Equal((_grid.AdminPolicy.Hash(), 1ul, membership.Hash(), 1ul), (status.Admins, status.AdminsNumber, status.Membership, status.MembershipNumber));
        Assert.Equal(new HeldKey(policy.KeyId, KeyKind.Bip32, key, state.Keys.Find(key).Value.Birth.Fingerprint, policy.Hash(), 1), Assert.Single(status.Keys));
        Assert.Equal(EnclaveCore.Software, status.SoftwareVersion);
        Assert.Equal(
            ["admin-ca", "cluster-ca/1", "cluster-ca/2", "device-ca", "operator-ca", "relay-ca", "root"], status.RevocationLists.Select(list => list.Issuer).Order(StringComparer.Ordinal));
        Assert.All(status.RevocationLists, list => Assert.Equal(1ul, list.Number));
    }
}
