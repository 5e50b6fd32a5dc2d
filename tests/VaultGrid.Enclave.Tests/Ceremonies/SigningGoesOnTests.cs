namespace VaultGrid.Enclave.Tests;

/// <summary>A key is used while its shares are replaced; what was begun with old shares ends with them.</summary>
public sealed class SigningGoesOnTests
{
    [Fact]
    public async Task Old_shares_sign_until_the_new_version_is_in_force_and_never_after()
    {
        await using var grid = await SharedGrid.StartAsync();
        var ops = new SharedClient(grid);
        var first = await grid.Generate(KeyKind.Ed25519, policy: grid.Policy(KeyKind.Ed25519, permissions: ops.May(KeyOperations.Sign))).RunAsync();
        var refresh = await grid.Refresh(first.Certified, grid.RefreshRequest(first.Certified)).OpenAsync();
        refresh.Tamper = (message, _) => message.Kind == CeremonyMessageKind.Vote ? [] : [message];
        await refresh.CarryAsync(proposals: 0);
        Assert.Empty(refresh.Done);
        Assert.True(await SignsAsync(grid, ops, first.Certified, "1/1", "2/2"));

        var prepared = await new SharedSession(grid, first.Certified, "frost", "1/1", "2/1").PlanAsync(SessionPurpose.Presign, default);
        await prepared.OpenAsync(default);
        refresh.Tamper = null;
        await refresh.RecoverAsync();
        await refresh.CarryAsync();
        Assert.Equal(4, refresh.Done.Count);

        // Nonces and sessions of the old version are gone, its number is refused, and versions don't mix.
        var call = ops.Sign(first.Key, SharedSigningTests.Message(KeyKind.Ed25519)).ToBytes();
        await grid["1/1"].RefusesAsync(RefusalCode.SessionUnknown, prepared.Step("1/1", call));
        var old = await new SharedSession(grid, first.Certified, "frost", "1/1", "2/2").PlanAsync(SessionPurpose.Request, Hash256.Sha256(call).AsSpan().ToArray());
        await grid["1/1"].RefusesAsync(RefusalCode.SessionMismatch, old.Opening(call));
        await grid["1/1"].RefusesAsync(RefusalCode.SessionMismatch, new AggregateCall(old.Plan, call, []));
        Assert.True(await SignsAsync(grid, ops, refresh.Certified, "1/2", "2/1"));
    }

    [Fact]
    public async Task With_three_nodes_a_silent_one_stops_a_ceremony_and_nothing_else()
    {
        await using var grid = await SharedGrid.StartAsync();
        var ops = new SharedClient(grid);
        var policy = grid.Policy(KeyKind.Ed25519, permissions: ops.May(KeyOperations.Sign));
        var first = await grid.Generate(KeyKind.Ed25519, policy: policy, nodes: ["1/1", "1/2", "2/1"]).RunAsync();
        Assert.Equal(3, first.Done.Count);
        var refresh = grid.Refresh(first.Certified, grid.RefreshRequest(first.Certified));
        refresh.Silent.Add("1/2");
        await refresh.RunAsync();
        Assert.Empty(refresh.Done);
        foreach (var id in (string[])["1/1", "2/1"])
        {
            Assert.Contains((byte)1, (await grid[id].AskAsync(new CeremonyStatusCall(refresh.Plan.Id))).Awaited);
            await grid[id].AskAsync(new CloseCeremonyCall(refresh.Plan.Id));
            Assert.Equal(first.Certified.Version.Hash(), (await grid.ShareAsync(id, first.Key)).Certified.Version.Hash());
        }

        Assert.True(await SignsAsync(grid, ops, first.Certified, "1/1", "2/1"));
    }

    private static async Task<bool> SignsAsync(SharedGrid grid, SharedClient client, CertifiedVersion version, params string[] signers)
    {
        var call = client.Sign(version.Version.Key, SharedSigningTests.Message(KeyKind.Ed25519)).ToBytes();
        var session = await new SharedSession(grid, version, "frost", signers).PlanAsync(SessionPurpose.Request, Hash256.Sha256(call).AsSpan().ToArray());
        await session.OpenAsync(call);
        var answer = await session.SignAsync(signers[0], call);
        return SharedSigningTests.Verifies(KeyKind.Ed25519, answer, SharedSigningTests.Message(KeyKind.Ed25519).Bytes.ToArray());
    }
}
