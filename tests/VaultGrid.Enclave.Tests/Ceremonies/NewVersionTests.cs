namespace VaultGrid.Enclave.Tests;

/// <summary>New shares of the same key: always exactly one usable sharing, and what was replaced is of no use.</summary>
public sealed class NewVersionTests
{
    [Fact]
    public async Task A_refresh_that_is_due_needs_nobodys_approval_and_one_that_is_not_does()
    {
        await using var grid = await SharedGrid.StartAsync();
        var first = await grid.Generate(KeyKind.FrostSecp256k1, policy: grid.Policy(KeyKind.FrostSecp256k1, refresh: TimeSpan.FromDays(1))).RunAsync();
        var early = grid.Refresh(first.Certified);
        await grid["1/1"].RefusesAsync(RefusalCode.StateConflict, await early.OpeningAsync());
        Assert.False((await grid.ShareAsync("1/1", first.Key)).IsRefreshDue);

        var second = await grid.Refresh(first.Certified, grid.RefreshRequest(first.Certified)).RunAsync();
        Assert.Equal(2u, second.Certified.Version.Number);
        Assert.True(PublicBytes.Equal(first.Certified.Version.PublicKey.Span, second.Certified.Version.PublicKey.Span));

        grid.Enclaves.Time.Advance(TimeSpan.FromDays(1));
        grid.Grid.Now = grid.Enclaves.Time.GetUtcNow();
        Assert.True((await grid.ShareAsync("1/1", first.Key)).IsRefreshDue);
        var third = await grid.Refresh(second.Certified).RunAsync();
        Assert.Equal(3u, third.Certified.Version.Number);
        foreach (var id in grid.All) Assert.Equal((ShareState.Held, third.Certified.Version.Hash()), await StateAsync(grid, id, first.Key));
    }

    [Fact]
    public async Task Wherever_enclaves_are_restarted_in_a_refresh_they_end_with_one_usable_version()
    {
        for (var stop = 4; stop <= 24; stop += 4)
        {
            await using var grid = await SharedGrid.StartAsync();
            var first = await grid.Generate(KeyKind.FrostSecp256k1).RunAsync();
            var refresh = grid.Refresh(first.Certified, grid.RefreshRequest(first.Certified));
            var at = stop;
            refresh.Before = (step, member) =>
            {
                if (step % 8 == at % 8 && step >= at - 4) grid.Enclaves.Restart(member.Node.ToString());
                return Task.CompletedTask;
            };
            await refresh.OpenAsync();
            for (var round = 0; round < 12 && refresh.Done.Count < 4; round++)
            {
                await refresh.RoundAsync(propose: round > 8);
                if (refresh.Routes.IsQuiet && refresh.Done.Count < 4) await refresh.RecoverAsync();
            }

            foreach (var id in grid.All.Except(refresh.Done)) await grid[id].AskAsync(new LearnVersionCall(refresh.Certified, null, default, []));
            var held = new List<string>();
            foreach (var id in grid.All)
            {
                var share = await grid.ShareAsync(id, first.Key);
                Assert.Equal(refresh.Certified.Version.Hash(), share.Certified.Version.Hash());
                if (share.State == ShareState.Held) held.Add(id);
            }

            Assert.True(held.Count >= 3, $"restarts at {stop} left shares at {string.Join(", ", held)}");
        }
    }

    [Fact]
    public async Task A_key_is_shared_anew_among_seven_and_its_old_holders_keep_nothing()
    {
        await using var grid = await SharedGrid.StartAsync(clusters: 2, nodesPerCluster: 5);
        var first = await grid.Generate(KeyKind.Ed25519, nodes: ["1/1", "1/2", "2/1", "2/2"]).RunAsync();
        var reshare = await grid.Reshare(first.Certified, first.Routes.Evidence!, ["1/2", "1/3", "1/4", "2/2", "2/3", "2/4", "2/5"], 2).RunAsync();
        Assert.Equal(["1/2", "1/3", "1/4", "2/2", "2/3", "2/4", "2/5"], reshare.Done.Order());
        foreach (var old in (string[])["1/1", "2/1"])
        {
            Assert.Equal(ShareState.Held, (await grid.ShareAsync(old, first.Key)).State);
            await grid[old].AskAsync(new LearnVersionCall(reshare.Certified, null, (await reshare.OpeningAsync()).Request, (await reshare.OpeningAsync()).Approvals));
            Assert.Equal(ShareState.Released, (await grid.ShareAsync(old, first.Key)).State);
        }

        Assert.True(PublicBytes.Equal(first.Certified.Version.PublicKey.Span, reshare.Certified.Version.PublicKey.Span));
        foreach (var id in reshare.Done) Assert.Equal((ShareState.Held, reshare.Certified.Version.Hash()), await StateAsync(grid, id, first.Key));
    }

    [Fact]
    public async Task Whoever_missed_a_version_learns_it_and_has_its_share_repaired()
    {
        await using var grid = await SharedGrid.StartAsync();
        var first = await grid.Generate(KeyKind.Bls).RunAsync();
        var refresh = grid.Refresh(first.Certified, grid.RefreshRequest(first.Certified));
        refresh.Silent.Add("2/2");
        await refresh.RunAsync();
        Assert.Equal(["1/1", "1/2", "2/1"], refresh.Done);

        // It still has its old share, which fits nothing any more.
        Assert.Equal((ShareState.Held, first.Certified.Version.Hash()), await StateAsync(grid, "2/2", first.Key));
        var votes = refresh.Certified.Votes;
        await grid["2/2"].RefusesAsync(RefusalCode.SessionMismatch, new LearnVersionCall(refresh.Certified with { Votes = [votes[0], votes[1]] }, null, default, []));
        await grid["2/2"].RefusesAsync(RefusalCode.SessionMismatch, new LearnVersionCall(refresh.Certified with { Votes = [votes[0], votes[1], votes[1]] }, null, default, []));
        await grid["2/2"].AskAsync(new LearnVersionCall(refresh.Certified, null, default, []));
        Assert.Equal((ShareState.Missing, refresh.Certified.Version.Hash()), await StateAsync(grid, "2/2", first.Key));

        var repair = await grid.Repair(refresh.Certified, "2/2", "1/1", "2/1").RunAsync();
        Assert.Contains("2/2", repair.Done);
        Assert.Equal((ShareState.Held, refresh.Certified.Version.Hash()), await StateAsync(grid, "2/2", first.Key));

        // Nobody helps whoever has a share, and the share of before is of no use.
        await grid["2/2"].RefusesAsync(RefusalCode.StateConflict, await grid.Repair(refresh.Certified, "2/2", "1/1", "2/1").OpeningAsync());
        await grid["1/1"].RefusesAsync(RefusalCode.StateConflict, await grid.Repair(first.Certified, "2/2", "1/1", "2/1").OpeningAsync());
    }

    [Fact]
    public async Task A_lost_device_is_replaced_when_administrators_approve_and_gets_its_share_from_two_others()
    {
        await using var grid = await SharedGrid.StartAsync();
        var first = await grid.Generate(KeyKind.Taproot).RunAsync();
        var old = grid.Holder("2/2");
        await grid.Enclaves.ReplaceAsync("2/2");
        var fresh = await grid.LearnDeviceAsync("2/2");
        await grid["2/2"].AskAsync(new LearnVersionCall(first.Certified, await grid["2/1"].AskAsync(new DescribeKeyCall(first.Key)), default, []));
        Assert.Equal(ShareState.Released, (await grid.ShareAsync("2/2", first.Key)).State);
        await grid["1/1"].RefusesAsync(RefusalCode.SessionMismatch, await grid.Repair(first.Certified, "2/2", "1/1", "2/1").OpeningAsync());

        var approved = grid.Grid.Approved(grid.Ask([new ClusterId(1), new ClusterId(2)], (id, cluster, several) => new RepairShareRequest
        {
            Key = first.Key, Node = NodeId.Parse("2/2"), Device = fresh.Device, Replaces = old.Device, Id = id, Cluster = cluster, Clusters = several,
            Policy = grid.Grid.AdminPolicy.Hash(), Revocations = 1, Expires = grid.Grid.In(TimeSpan.FromHours(1)), Purpose = "its disk died",
        }));
        foreach (var id in grid.All) Assert.IsType<Performed.Recorded>(await grid[id].AskAsync(approved));
        Assert.IsType<Performed.Recorded>(await grid["1/1"].AskAsync(approved));
        await grid.Repair(first.Certified, "2/2", "1/1", "2/1").RunAsync();
        Assert.Equal(ShareState.Held, (await grid.ShareAsync("2/2", first.Key)).State);
        grid.Enclaves.Restart("2/2");
        Assert.Equal(ShareState.Held, (await grid.ShareAsync("2/2", first.Key)).State);
    }

    [Fact]
    public async Task A_deleted_key_is_gone_and_its_name_stays_taken()
    {
        await using var grid = await SharedGrid.StartAsync();
        var policy = grid.Policy(KeyKind.FrostSecp256k1);
        var first = await grid.Generate(KeyKind.FrostSecp256k1, policy: policy).RunAsync();
        var approved = grid.Grid.Approved(grid.Ask([new ClusterId(1), new ClusterId(2)], (id, cluster, several) => new DeleteKeyRequest
        {
            Key = first.Key, Replaces = policy.Hash(), Id = id, Cluster = cluster, Clusters = several,
            Policy = grid.Grid.AdminPolicy.Hash(), Revocations = 1, Expires = grid.Grid.In(TimeSpan.FromHours(1)), Purpose = "not needed any more",
        }));
        foreach (var id in grid.All)
        {
            await grid[id].AskAsync(approved);
            grid.Enclaves.Restart(id);
            Assert.Equal(ShareState.Deleted, (await grid.ShareAsync(id, first.Key)).State);
            await grid[id].RefusesAsync(RefusalCode.KeyUnknown, await grid.Repair(first.Certified, id, [.. grid.All.Where(other => other != id).Take(2)]).OpeningAsync());
        }

        await grid["1/1"].RefusesAsync(RefusalCode.KeyExists, await grid.Generate(KeyKind.FrostSecp256k1).OpeningAsync());
    }

    private static async Task<(ShareState State, Hash256 Version)> StateAsync(SharedGrid grid, string id, Hash256 key)
    {
        var share = await grid.ShareAsync(id, key);
        return (share.State, share.Certified.Version.Hash());
    }
}
