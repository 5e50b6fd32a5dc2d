using VaultGrid.Enclave.Contracts;

namespace VaultGrid.SharedKeys.Tests;

/// <summary>A policy is changed, and the holder that the grid asks first for the evidence tells something else.</summary>
public sealed class LyingWitnessTests
{
    private static readonly NodeId Liar = NodeId.Parse("1/1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_grid_takes_the_evidence_of_a_changed_policy_from_a_holder_that_shows_it()
    {
        await using var lying = await LyingGrid.BringUpAsync(1, Liar, Cancel, EnclaveCallKind.DescribeKey);
        var (grid, keys) = (lying.Grid, lying.Grid.SharedKeys);
        var key = await keys.GenerateAsync(KeyId.Parse("watched"), KeyKind.Ed25519, keys.Holders(4, 1), Cancel);

        lying.Door.Lie();
        for (var number = 0; number < 3; number++)
        {
            var next = key.Policy with { Number = key.Policy.Number + 1, Predecessor = key.Policy.Hash(), Refresh = TimeSpan.FromDays(30 + number) };
            var request = RequestDocument.Of(new ChangePolicyRequest
            {
                Id = LocalRequests.NewId(), Cluster = key.Cluster, Clusters = key.Clusters, Policy = key.Policy.Hash(), Revocations = grid.Requests.Revocations,
                Expires = grid.Requests.Expires, Purpose = "another policy", Key = key.Key, NextPolicy = next.Hash(), Replaces = key.Policy.Hash(),
            });
            _ = await grid.Requests.DoAsync(request, next.ToUtf8(), 2, Cancel);
            key = await keys.VerifyAsync(key.Key, Cancel);
            Assert.Equal(next.Hash(), key.Policy.Hash());
        }
    }
}
