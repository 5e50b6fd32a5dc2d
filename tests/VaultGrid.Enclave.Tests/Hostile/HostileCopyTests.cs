using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>A hostile silo, a foreign node and a member that lies, between joiner and holder at the real sockets.</summary>
public sealed class HostileCopyTests(ProcessGrid grid) : IClassFixture<ProcessGrid>
{
    private static readonly KeyId Treasury = KeyId.Parse("treasury");

    [Fact]
    public async Task An_answer_is_taken_once()
    {
        var join = await grid.Two.AskAsync(new JoinCall(Treasury));
        var release = await grid.One.AskAsync(new ReleaseCall(join));
        await grid.Two.AskAsync(new AcceptCall(release));
        await grid.Two.RefusesAsync(RefusalCode.JoinReplayed, new AcceptCall(release));
    }

    [Fact]
    public async Task A_release_serves_its_joiner_alone()
    {
        var release = await grid.One.AskAsync(new ReleaseCall(await grid.Three.AskAsync(new JoinCall(Treasury))));
        await grid.Two.RefusesAsync(RefusalCode.JoinReplayed, new AcceptCall(release));
        await grid.Foreign.RefusesAsync(RefusalCode.JoinReplayed, new AcceptCall(release));
        await grid.One.RefusesAsync(RefusalCode.JoinReplayed, new AcceptCall(release));
    }

    [Fact]
    public async Task A_key_leaves_for_members_of_its_cluster_alone()
    {
        var foreign = await grid.Foreign.AskAsync(new JoinCall(Treasury));
        await grid.One.RefusesAsync(RefusalCode.NodeForeign, new ReleaseCall(foreign));
        await grid.One.RefusesAsync(RefusalCode.KeyUnknown, new ReleaseCall(await grid.Three.AskAsync(new JoinCall(KeyId.Parse("nothing")))));
        await grid.One.RefusesAsync(RefusalCode.JoinMismatch, new ReleaseCall(await grid.One.AskAsync(new JoinCall(Treasury))));

        // A device that the Cluster CA certified, but that no membership record names.
        var stranger = new LyingDevice(grid.Grid.Leaf(grid.Grid.Clusters[0], CertificateIdentity.Device(NodeId.Parse("1/9"))));
        await grid.One.RefusesAsync(RefusalCode.NodeNotMember, new ReleaseCall(stranger.Join(Treasury)));
        var client = new LyingDevice(grid.Grid.Leaf(grid.Grid.RelayCa, CertificateIdentity.Client("node").Value)) { Node = NodeId.Parse("1/3") };
        await grid.One.RefusesAsync(RefusalCode.CertificateRole, new ReleaseCall(client.Join(Treasury)));
    }

    [Fact]
    public async Task No_byte_of_a_join_can_be_changed()
    {
        var join = await grid.Three.AskAsync(new JoinCall(Treasury));
        var before = await grid.One.StatusAsync();
        for (var i = 0; i < join.Statement.Length; i += 3)
        {
            var outcome = await grid.One.TryAsync(new ReleaseCall(join with { Statement = Flipped(join.Statement, i) }));
            Assert.Equal(RefusalCode.JoinMismatch, outcome.Refusal?.Code);
        }

        Statuses.Same(before, await grid.One.StatusAsync());
    }

    [Fact]
    public async Task No_byte_of_a_release_can_be_changed()
    {
        var before = await grid.Three.StatusAsync();
        var length = (await grid.One.AskAsync(new ReleaseCall(await grid.Three.AskAsync(new JoinCall(Treasury))))).Statement.Length;
        for (var i = 0; i < length; i += 29)
        {
            var release = await grid.One.AskAsync(new ReleaseCall(await grid.Three.AskAsync(new JoinCall(Treasury))));
            var outcome = await grid.Three.TryAsync(new AcceptCall(release with { Statement = Flipped(release.Statement, Math.Min(i, release.Statement.Length - 1)) }));
            Assert.True(outcome.Refusal?.Code is RefusalCode.JoinMismatch or RefusalCode.JoinReplayed or RefusalCode.InputMalformed, outcome.Refusal?.ToString());

            // Burnt with its nonce, unless the nonce was what changed.
            if (outcome.Refusal is { Code: RefusalCode.JoinMismatch }) await grid.Three.RefusesAsync(RefusalCode.JoinReplayed, new AcceptCall(release));
        }

        Statuses.Same(before, await grid.Three.StatusAsync());
    }

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes, int at)
    {
        var changed = bytes.ToArray();
        changed[at] ^= (byte)(1 << (at % 8));
        return changed;
    }
}
