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
}
