namespace VaultGrid.Enclave.Tests;

/// <summary>A new key that nobody has: made by four enclaves of two clusters, one of which may be malicious.</summary>
public sealed class GenerateTests
{
    public static TheoryData<KeyKind> Kinds => [KeyKind.FrostSecp256k1, KeyKind.Taproot, KeyKind.Ed25519, KeyKind.Bls, KeyKind.Dise];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Four_enclaves_make_a_key_and_all_know_the_same_version(KeyKind kind)
    {
        await using var grid = await SharedGrid.StartAsync();
        var ceremony = await grid.Generate(kind).RunAsync();
        Assert.Equal(grid.All, ceremony.Done);
        Assert.Equal(1u, ceremony.Certified.Version.Number);
        foreach (var id in grid.All)
        {
            var share = await grid.ShareAsync(id, ceremony.Key);
            Assert.Equal((ShareState.Held, ceremony.Certified.Version.Hash()), (share.State, share.Certified.Version.Hash()));
            Assert.Equal(ceremony.Plan.Members.Select(member => member.Node).ToList().IndexOf(NodeId.Parse(id)) + 1, share.Share);
            var held = Assert.Single((await grid[id].StatusAsync()).Keys);
            Assert.Equal((kind, ceremony.Key), (held.Kind, held.Key));
            var evidence = await grid[id].AskAsync(new DescribeKeyCall(ceremony.Key));
            Assert.Equal(ceremony.Key, BirthRecord.Parse(evidence.Birth.Document.Span).Value.Hash());
        }

        // Not even to a member of its own cluster that has the version.
        var join = await grid["1/2"].AskAsync(new JoinCall((await grid["1/1"].StatusAsync()).Keys[0].KeyId));
        await grid["1/1"].RefusesAsync(RefusalCode.InputUnsupported, new ReleaseCall(join));
    }

    [Fact]
    public async Task A_silent_enclave_stops_nobody_where_there_are_more_than_three_times_as_many()
    {
        await using var grid = await SharedGrid.StartAsync();
        var ceremony = grid.Generate(KeyKind.FrostSecp256k1);
        ceremony.Silent.Add("2/1");
        await ceremony.RunAsync();
        Assert.Equal(["1/1", "1/2", "2/2"], ceremony.Done);
    }

    [Fact]
    public async Task Every_enclave_may_be_restarted_before_every_step()
    {
        await using var grid = await SharedGrid.StartAsync();
        var ceremony = grid.Generate(KeyKind.FrostSecp256k1);
        await ceremony.OpenAsync();
        for (var round = 0; round < 20 && ceremony.Done.Count < 4; round++)
        {
            // All at once, and with them all session keys; the coordinator has forgotten everything too.
            foreach (var id in grid.All) grid.Enclaves.Restart(id);
            await ceremony.RecoverAsync();
            await ceremony.RoundAsync(propose: false);
            await ceremony.RoundAsync(propose: false);
        }

        Assert.Equal(4, ceremony.Done.Count);
        foreach (var id in grid.All) Assert.Equal(ShareState.Held, (await grid.ShareAsync(id, ceremony.Key)).State);
    }

    [Fact]
    public async Task Without_the_administrators_there_is_no_ceremony()
    {
        await using var grid = await SharedGrid.StartAsync();
        var ceremony = grid.Generate(KeyKind.FrostSecp256k1);
        var opening = await ceremony.OpeningAsync();
        await grid["1/1"].RefusesAsync(RefusalCode.ApprovalQuorum, opening with { Approvals = [opening.Approvals[0]] });
        var other = CeremonyPlan.Parse(opening.Plan.Span).Value with { Faulty = 2 };
        await grid["1/1"].RefusesAsync(RefusalCode.SessionMismatch, opening with { Plan = other.ToBytes() });
        other = other with { Faulty = 1, Members = [.. other.Members.Reverse()] };
        await grid["1/1"].RefusesAsync(RefusalCode.SessionMismatch, opening with { Plan = other.ToBytes() });
        other = CeremonyPlan.Parse(opening.Plan.Span).Value;
        other = other with { Members = [other.Members[0] with { Device = default }, .. other.Members.Skip(1)] };
        await grid["1/1"].RefusesAsync(RefusalCode.SessionMismatch, opening with { Plan = other.ToBytes() });
        await grid["1/1"].RefusesAsync(RefusalCode.SessionUnknown, new CeremonyStatusCall(ceremony.Plan.Id));
    }
}
