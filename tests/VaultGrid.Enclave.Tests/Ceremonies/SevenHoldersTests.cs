using VaultGrid.Protocols.Frost;

namespace VaultGrid.Enclave.Tests;

/// <summary>(7, 2) through enclaves: any three sign, and two that are dead from the beginning stop nothing.</summary>
public sealed class SevenHoldersTests
{
    private static readonly string[] Holders = ["1/1", "1/2", "1/3", "1/4", "2/1", "2/2", "2/3"];

    [Theory]
    [InlineData(KeyKind.Ed25519, 0), InlineData(KeyKind.Ed25519, 2), InlineData(KeyKind.FrostSecp256k1, 1), InlineData(KeyKind.Taproot, 2), InlineData(KeyKind.Bls, 2), InlineData(KeyKind.Dise, 2)]
    public async Task A_key_of_seven_is_made_refreshed_and_used_by_any_three(KeyKind kind, int dead)
    {
        await using var grid = await SharedGrid.StartAsync(clusters: 2, nodesPerCluster: 4);
        var ops = new SharedClient(grid);
        var operations = kind == KeyKind.Dise ? KeyOperations.Encrypt | KeyOperations.Decrypt : KeyOperations.Sign;
        var made = grid.Generate(kind, 2, grid.Policy(kind, permissions: ops.May(operations)), Holders);
        made.Silent.UnionWith(Holders[..dead]);
        await made.RunAsync();
        var alive = Holders[dead..];
        Assert.Equal(alive, made.Done.Order());

        // Those that were dead are back, without the key: they would be told of it. Others are dead now.
        var refresh = grid.Refresh(made.Certified, grid.RefreshRequest(made.Certified));
        refresh.Silent.UnionWith(Holders[..dead]);
        await refresh.RunAsync();
        Assert.Equal(alive, refresh.Done.Order());
        Assert.Equal(2u, refresh.Certified.Version.Number);
        Assert.True(PublicBytes.Equal(made.Certified.Version.PublicKey.Span, refresh.Certified.Version.PublicKey.Span));
        if (kind == KeyKind.Dise) return;

        foreach (var signers in (string[][])[[.. alive[..3]], [.. alive[^3..]], [alive[0], alive[2], alive[^1]]])
        {
            var call = ops.Sign(made.Key, SharedSigningTests.Message(kind)).ToBytes();
            var session = await new SharedSession(grid, refresh.Certified, kind == KeyKind.Bls ? BlsSessions.ProtocolName : FrostProtocol.Name, signers)
                .PlanAsync(SessionPurpose.Request, Hash256.Sha256(call).AsSpan().ToArray());
            await session.OpenAsync(call);
            Assert.True(SharedSigningTests.Verifies(kind, await session.SignAsync(signers[0], call), SharedSigningTests.Message(kind).Bytes.ToArray()));
        }
    }
}
