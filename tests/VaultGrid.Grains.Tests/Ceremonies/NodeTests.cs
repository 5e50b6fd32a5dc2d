using VaultGrid.Enclave.Tests;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Tests.Ceremonies;

/// <summary>Nodes that go down, come back, are replaced, or have no business there.</summary>
public sealed class NodeTests
{
    [Fact]
    public async Task A_node_that_is_down_is_passed_over_without_an_error()
    {
        await using var site = await VaultSite.StartWithKeyAsync(3);
        await site.Enclaves[1].KillAsync();
        for (var i = 0; i < 6; i++)
            Assert.NotEqual(2U, (await site.ExecuteAsync(site.SignRequest(i))).EnsureDone().Node!.Value.Index);

        await site.Enclaves[0].KillAsync();
        for (var i = 6; i < 9; i++)
            Assert.Equal(3U, (await site.ExecuteAsync(site.SignRequest(i))).EnsureDone().Node!.Value.Index);

        await site.Enclaves[2].KillAsync();
        Assert.Equal(RefusalCode.GridUnavailable, (await site.ExecuteAsync(site.SignRequest(9))).Code());
        Assert.All((await site.Grid.GetClusterAsync(VaultSite.Cluster, VaultSite.Cancellation)).Value.Nodes, node => Assert.Equal("detached", node.Phase));
    }

    [Fact]
    public async Task A_node_that_returns_is_brought_what_it_missed()
    {
        await using var site = await VaultSite.StartWithKeyAsync(3);
        await site.Enclaves[2].KillAsync();
        var next = site.Admins.KeyPolicy(after: site.Policy);
        (await site.ExecuteAsync(site.Admins.ChangePolicy(site.Key, site.Policy, next), next.ToUtf8())).EnsureDone();
        var second = site.Admins.KeyPolicy("second");
        (await site.ExecuteAsync(site.Admins.CreateKey(second), second.ToUtf8())).EnsureDone();

        await site.Enclaves[2].StartAsync();
        var report = (await site.Grid.SynchroniseAsync(VaultSite.Cluster, VaultSite.Cancellation)).Value;
        var brought = report.Nodes.Single(node => node.Node.Index == 3);
        Assert.Null(brought.Refusal);
        Assert.Equal((1, "second"), (brought.Records, Assert.Single(brought.KeysCopied).ToString()));

        var node = (await site.Grid.GetNodeAsync(site.Enclaves[2].Node, VaultSite.Cancellation)).Value;
        Assert.Equal(2, node.Keys.Count);
        Assert.Equal(next.Hash(), node.Keys.Single(key => key.KeyId == VaultSite.Treasury).Policy);
    }

    [Fact]
    public async Task The_regular_check_notices_a_node_that_returned()
    {
        await using var site = await VaultSite.StartWithKeyAsync(2, ("VaultGrid:Grains:CheckEvery", "00:00:00.100"));
        await site.Enclaves[1].KillAsync();
        var second = site.Admins.KeyPolicy("second");
        (await site.ExecuteAsync(site.Admins.CreateKey(second), second.ToUtf8())).EnsureDone();
        await site.Enclaves[1].StartAsync();

        // Nobody asks for a synchronisation: only the timer can do it. Each look is a real question to the node.
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await site.Grid.GetNodeAsync(site.Enclaves[1].Node, deadline.Token)).Value.Keys.Count < 2) deadline.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task A_fresh_enclave_under_an_old_name_gets_the_keys_once_it_is_certified()
    {
        await using var site = await VaultSite.StartWithKeyAsync(3);
        var old = (await site.Grid.GetNodeAsync(site.Enclaves[2].Node, VaultSite.Cancellation)).Value.DeviceKey;
        await site.Enclaves[2].KillAsync();
        site.Enclaves[2].Fresh();
        await site.Enclaves[2].StartAsync();

        await site.CertifyAsync(site.Enclaves[2].Node);
        Assert.Null(Assert.Single((await site.Grid.SynchroniseAsync(VaultSite.Cluster, VaultSite.Cancellation)).Value.Nodes, node => node.Node.Index == 3).Refusal);
        var node = (await site.Grid.GetNodeAsync(site.Enclaves[2].Node, VaultSite.Cancellation)).Value;
        Assert.Equal("member", node.Phase);
        Assert.NotEqual(old, node.DeviceKey);
        Assert.Equal(site.Key, Assert.Single(node.Keys).Key);
    }

    [Fact]
    public async Task A_revoked_node_gets_no_key()
    {
        await using var site = await VaultSite.StartAsync(2);
        var requests = await Task.WhenAll(site.Enclaves.Select(enclave => site.ProvisionAsync(enclave.Node)));
        var devices = requests.Select(request => site.Admins.Device(request.Value.Request.Span)).ToList();
        for (var i = 0; i < 2; i++)
        {
            var certification = new NodeCertification(devices[i].Der, VaultSite.Pem(site.Authorities));
            Assert.Null((await site.Grid.CertifyNodeAsync(site.Enclaves[i].Node, certification, VaultSite.Cancellation)).Refusal);
        }

        await site.MakeMembersAsync(1, 2);
        var revoked = site.Admins.Clusters[0].List(2, DateTimeOffset.UtcNow.AddMinutes(-5), (devices[1].Serial, DateTimeOffset.UtcNow.AddMinutes(-5)));
        var published = (await site.Grid.PublishAuthoritiesAsync(VaultSite.Pem(site.Admins.Bundle(revoked)), VaultSite.Cancellation)).Value;
        Assert.All(published.Nodes, node => Assert.Null(node.Refusal));

        await site.MakeKeyAsync();
        var report = (await site.Grid.SynchroniseAsync(VaultSite.Cluster, VaultSite.Cancellation)).Value.Nodes.Single(node => node.Node.Index == 2);
        Assert.Equal("certificate.revoked", report.Refusal!.Code);
        Assert.Empty((await site.Grid.GetNodeAsync(site.Enclaves[1].Node, VaultSite.Cancellation)).Value.Keys);
    }

    [Fact]
    public async Task A_certificate_that_is_expired_or_of_another_role_or_node_certifies_nobody()
    {
        await using var site = await VaultSite.StartAsync(1);
        var node = site.Enclaves[0].Node;
        var request = (await site.ProvisionAsync(node)).Value.Request;
        var right = site.Admins.Device(request.Span);

        var expired = site.Admins.Device(request.Span);
        expired.NotAfter = DateTimeOffset.UtcNow.AddHours(-1);
        Assert.Equal(RefusalCode.CertificateExpired, await CertifyAsync(expired.Der));
        Assert.Equal(RefusalCode.CertificateRole, await CertifyAsync(site.Admins.Admins[0].Der));
        var other = site.Admins.Leaf(site.Admins.Clusters[0], CertificateIdentity.Device(new NodeId(VaultSite.Cluster, 2)));
        other.Key = right.Key;
        Assert.Equal(RefusalCode.NodeForeign, await CertifyAsync(other.Der));
        Assert.Equal("provisioned", (await site.Grid.GetNodeAsync(node, VaultSite.Cancellation)).Value.Phase);

        Assert.Null((await site.Grid.CertifyNodeAsync(node, new NodeCertification(right.Der, VaultSite.Pem(site.Authorities)), VaultSite.Cancellation)).Refusal);

        async Task<RefusalCode> CertifyAsync(byte[] der) => (await site.Grid.CertifyNodeAsync(
            node, new NodeCertification(der, VaultSite.Pem(site.Authorities)), VaultSite.Cancellation)).Code();
    }

    [Fact]
    public async Task An_enclave_attached_under_another_nodes_name_does_not_pass_for_it()
    {
        await using var site = await VaultSite.StartWithKeyAsync(2);
        await site.StopSiloAsync();
        site.Attach(site.Enclaves[0].Node, site.Enclaves[1].Socket);
        site.Attach(site.Enclaves[1].Node, site.Enclaves[0].Socket);
        await site.StartSiloAsync();

        var cluster = (await site.Grid.GetClusterAsync(VaultSite.Cluster, VaultSite.Cancellation)).Value;
        Assert.All(cluster.Nodes, node => Assert.Equal("detached", node.Phase));
    }

    [Fact]
    public async Task Provisioning_may_be_repeated_but_not_changed()
    {
        await using var site = await VaultSite.StartAsync(1);
        var node = site.Enclaves[0].Node;
        var first = (await site.ProvisionAsync(node)).Value;
        Assert.Equal(first.Request.ToArray(), (await site.ProvisionAsync(node)).Value.Request.ToArray());

        var others = TestGrid.Policy(KeyId.Provisioning, 1, [site.Admins.Admins[0]]);
        var changed = new NodeProvisioning("p256", site.Admins.Root.Der, [others.ToUtf8()]);
        Assert.Equal(RefusalCode.PhaseRefused, (await site.Grid.ProvisionNodeAsync(node, changed, VaultSite.Cancellation)).Code());
        var key = new NodeProvisioning("p521", site.Admins.Root.Der, [others.ToUtf8()]);
        Assert.Equal(RefusalCode.InputUnsupported, (await site.Grid.ProvisionNodeAsync(node, key, VaultSite.Cancellation)).Code());
    }
}
