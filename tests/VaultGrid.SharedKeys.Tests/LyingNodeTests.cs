using System.Security.Cryptography;

namespace VaultGrid.SharedKeys.Tests;

/// <summary>(7, 2), one node lies and one is dead: everything is done all the same, and the one that lies is named for more than silence.</summary>
public sealed class LyingNodeTests
{
    private static readonly NodeId Liar = NodeId.Parse("1/3");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_one_liar_and_one_dead_of_seven_keys_are_generated_refreshed_and_shared_anew()
    {
        await using var lying = await LyingGrid.BringUpAsync(2, Liar, Cancel);
        var (grid, keys) = (lying.Grid, lying.Grid.SharedKeys);
        var four = await keys.GenerateAsync(KeyId.Parse("four"), KeyKind.Ed25519, keys.Holders(4, 1), Cancel);

        lying.Door.Lie();
        four = await keys.ReshareAsync(four, keys.Holders(7, 2), Cancel);
        Assert.Equal(7, four.Certified.Version.Holders.Count);

        await grid.Nodes[5].Process.KillAsync();
        var seven = await keys.GenerateAsync(KeyId.Parse("seven"), KeyKind.Taproot, keys.Holders(7, 2), Cancel);
        Named(await grid.Client.SharedKeys.GetCeremonyAsync(seven.Birth.Request, Cancel));

        var message = RandomNumberGenerator.GetBytes(32);
        foreach (var key in (VerifiedKey[])[four, seven])
        {
            var before = key;
            for (var round = 0; round < 2; round++)
            {
                var request = keys.RefreshRequest(before);
                _ = await grid.Requests.DoAsync(request, null, 2, Cancel);
                var refreshed = await keys.VerifyAsync(key.Key, Cancel);
                Assert.Equal(before.Certified.Version.Number + 1, refreshed.Certified.Version.Number);
                Named(await grid.Client.SharedKeys.GetCeremonyAsync(request.Hash, Cancel));
                before = refreshed;
            }

            Assert.DoesNotContain(Liar, (await keys.SignAsync(before, message, Cancel)).Signers);
        }
    }

    // A machine that is busy may make an honest node late; nobody but the liar says that an honest one said something wrong.
    private static void Named(Outcome<CeremonyStatus> ceremony)
    {
        var blamed = ceremony.Value.Blamed.Select(blame => (blame.Node, Text: $"{blame.Node} {blame.Why} by {string.Join(",", blame.By)}", IsLate: blame.Why is "awaited" or "enclave.detached", blame.By)).ToList();
        Assert.True(blamed.Exists(blame => blame.Node == Liar && !blame.IsLate), string.Join("; ", blamed.Select(blame => blame.Text)));
        Assert.Empty(blamed.Where(blame => blame.Node != Liar && !blame.IsLate && blame.By.Any(by => by != Liar)).Select(blame => blame.Text));
    }
}
