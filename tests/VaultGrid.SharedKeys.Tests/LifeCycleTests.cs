using System.Security.Cryptography;

namespace VaultGrid.SharedKeys.Tests;

/// <summary>Versions of shares: refreshed, reshared, repaired, while signing goes on.</summary>
public sealed class LifeCycleTests(SharedGrid site) : IClassFixture<SharedGrid>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(KeyKind.Taproot), InlineData(KeyKind.Bls)]
    public async Task Signing_goes_on_through_refresh_and_resharing(KeyKind kind)
    {
        var key = await site.Keys.GenerateAsync(SharedGrid.NewName("life"), kind, site.Keys.Holders(4, 1), Cancel);
        var (isReshared, after) = (false, 0);
        var signing = Task.Run(
            async () =>
            {
                // Until some were made after everything else was done.
                for (; Volatile.Read(ref after) < 5; after += Volatile.Read(ref isReshared) ? 1 : 0)
                {
                    var message = RandomNumberGenerator.GetBytes(32);
                    var signature = await site.Keys.SignAsync(key, message, Cancel);
                    Assert.True(MessageSignatures.Verify(kind.Algorithm()!.Value, key.PublicKey.Span, message, signature.Signature.Span));
                }
            },
            Cancel);

        var refreshed = await site.Keys.RefreshAsync(key, Cancel);
        var reshared = await site.Keys.ReshareAsync(refreshed, site.Keys.Holders(7, 2), Cancel);
        Volatile.Write(ref isReshared, true);
        await signing;

        Assert.Equal(2u, refreshed.Certified.Version.Number);
        Assert.Equal(3u, reshared.Certified.Version.Number);
        Assert.Equal(key.PublicKey.ToArray(), reshared.PublicKey.ToArray());
        Assert.Equal(7, reshared.Certified.Version.Holders.Count);
        Assert.Equal(3, (await site.Keys.SignAsync(reshared, new byte[32], Cancel)).Signers.Count);
    }

    [Fact]
    public async Task An_old_version_can_not_be_refreshed_again()
    {
        var key = await site.Keys.GenerateAsync(SharedGrid.NewName("stale"), KeyKind.Ed25519, site.Keys.Holders(4, 1), Cancel);
        _ = await site.Keys.RefreshAsync(key, Cancel);
        var again = site.Keys.RefreshRequest(key);
        var refused = await site.Grid.Requests.ExecuteAsync(again, null, site.Grid.Requests.Approve(again, 2), Cancel);
        Assert.Contains(refused.Refusal!.Code, (RefusalCode[])[RefusalCode.StateConflict, RefusalCode.StateStale, RefusalCode.SessionMismatch]);
    }

    [Fact]
    public async Task A_refresh_that_is_not_due_is_refused_without_approvals()
    {
        var key = await site.Keys.GenerateAsync(SharedGrid.NewName("due"), KeyKind.Taproot, site.Keys.Holders(4, 1), Cancel);
        var refused = await site.Grid.Client.SharedKeys.RefreshAsync(key.Key, Cancel);
        Assert.True(refused.Is(out var ceremony, out var refusal) ? ceremony.Refusal!.Code == RefusalCode.StateConflict.Name() : refusal.Code == RefusalCode.StateConflict);
    }
}
