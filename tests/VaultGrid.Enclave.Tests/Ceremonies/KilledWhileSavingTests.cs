namespace VaultGrid.Enclave.Tests;

/// <summary>Every enclave is killed at every moment of the write that puts a new version in force: it comes back with the old one or the new one, and all end with the new.</summary>
public sealed class KilledWhileSavingTests
{
    [Fact]
    public async Task A_kill_between_the_new_share_and_the_end_of_the_old_leaves_exactly_one_usable_version()
    {
        foreach (var moment in Enum.GetValues<SaveStep>())
        {
            await using var grid = await SharedGrid.StartAsync();
            var first = await grid.Generate(KeyKind.FrostSecp256k1).RunAsync();
            var refresh = grid.Refresh(first.Certified, grid.RefreshRequest(first.Certified));
            var votes = 0;
            refresh.Tamper = (message, _) => message.Kind == CeremonyMessageKind.Vote && votes++ < 1000 ? [] : [message];
            await refresh.OpenAsync();
            for (var round = 0; round < 3; round++) await refresh.RoundAsync(propose: false);

            // All have voted and none has the others' votes: now they get them, and each dies in the write that follows.
            refresh.Tamper = null;
            foreach (var id in grid.All) grid.Enclaves.Store(id).Probe = null;
            foreach (var id in grid.All)
            {
                grid.Enclaves.Restart(id, step =>
                {
                    if (step == moment) throw new IOException("the power fails");
                });
            }

            await refresh.RecoverAsync();
            await refresh.RoundAsync(propose: false);
            var versions = new Dictionary<string, Hash256>();
            foreach (var id in grid.All)
            {
                grid.Enclaves.Restart(id, null);
                var share = await grid.ShareAsync(id, first.Key);
                Assert.Equal(ShareState.Held, share.State);
                versions[id] = share.Certified.Version.Hash();
            }

            Assert.True(versions.Values.Distinct().Count() == 1, $"killed at {moment}: {string.Join(", ", versions)}");
            await refresh.RecoverAsync();
            await refresh.CarryAsync();
            foreach (var id in grid.All)
            {
                var share = await grid.ShareAsync(id, first.Key);
                Assert.Equal((2u, ShareState.Held), (share.Certified.Version.Number, share.State));
            }
        }
    }

    [Fact]
    public async Task Whichever_order_enclaves_are_killed_in_each_has_one_version_and_enough_have_the_same()
    {
        await using var grid = await SharedGrid.StartAsync();
        var current = (await grid.Generate(KeyKind.FrostSecp256k1).RunAsync()).Certified;
        var moments = Enum.GetValues<SaveStep>();
        var turn = 0;
        foreach (var order in Orders([.. grid.All]))
        {
            var (old, moment) = (current.Version.Hash(), moments[turn++ % moments.Length]);
            var refresh = grid.Refresh(current, grid.RefreshRequest(current));
            var votes = new Dictionary<byte, CeremonyMessage>();
            refresh.Tamper = (message, _) =>
            {
                if (message.Kind != CeremonyMessageKind.Vote) return [message];
                votes[message.From] = message;
                return [];
            };
            await refresh.OpenAsync();
            for (var round = 0; round < 3; round++) await refresh.RoundAsync(propose: false);
            Assert.Equal(4, votes.Count);
            foreach (var next in order)
            {
                // One enclave hears the votes of all, and dies in the write that puts its new share in force and ends its old one.
                var isDead = false;
                grid.Enclaves.Restart(next, step =>
                {
                    if (step != moment || isDead) return;
                    isDead = true;
                    throw new IOException("the power fails");
                });
                await HearAsync(next);
                Assert.True(isDead, $"{next} was not killed at {moment}");
                grid.Enclaves.Restart(next, null);
                var versions = await VersionsAsync();
                Assert.True(versions.GroupBy(version => version).Any(same => same.Count() >= 2), $"{string.Join(" ", order)}, {next} killed at {moment}: {string.Join(", ", versions)}");
                Assert.True(versions.Where(version => version != old).Distinct().Count() <= 1, "two versions follow one");
            }

            // The same votes again, to whoever has still the old one; those of the new one have forgotten the ceremony.
            foreach (var id in grid.All) await HearAsync(id);
            Assert.Single((await VersionsAsync()).Distinct());
            current = (await grid.ShareAsync("1/1", current.Version.Key)).Certified;
            Assert.NotEqual(old, current.Version.Hash());

            async Task HearAsync(string id) => _ = await grid[id].TryAsync(new StepCeremonyCall(
                refresh.Plan.Id, [.. votes.Values.Where(vote => refresh.Plan.Members[vote.From].Node != NodeId.Parse(id))], [], CeremonyProposal.None));
        }

        async Task<List<Hash256>> VersionsAsync()
        {
            var versions = new List<Hash256>();
            foreach (var id in grid.All)
            {
                var share = await grid.ShareAsync(id, current.Version.Key);
                Assert.Equal(ShareState.Held, share.State);
                versions.Add(share.Certified.Version.Hash());
            }

            return versions;
        }
    }

    private static IEnumerable<string[]> Orders(string[] all) =>
        all.Length == 0 ? [[]] : all.SelectMany(first => Orders([.. all.Where(one => one != first)]).Select(rest => (string[])[first, .. rest]));
}
