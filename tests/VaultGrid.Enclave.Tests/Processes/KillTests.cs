namespace VaultGrid.Enclave.Tests;

/// <summary>kill -9 at random moments: what was answered is there afterwards, and what is there is whole.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 15;

    [Fact]
    public async Task Nothing_that_was_answered_is_lost_when_the_enclave_is_killed()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
#pragma warning disable CA5394, RS0030 // reproducible moments, not a secret
        var random = new Random(seed);
#pragma warning restore RS0030
        var grid = new TestGrid(DateTimeOffset.UtcNow.AddDays(-1));
        await using var enclave = new EnclaveProcess { Arguments = [] };
        enclave.Arguments = ["--version-guard", Path.Combine(enclave.Root, "guard")];
        await enclave.StartAsync();
        var node = new TestNode(grid, NodeId.Parse("1/1"), enclave.Connection);
        await node.JoinClusterAsync(TestGrid.Membership([1]));
        var (key, policy) = await node.CreateKeyAsync();

        var answered = new HashSet<string> { "treasury" };
        for (var round = 0; round < Rounds; round++)
        {
            using var killed = new CancellationTokenSource();
            var work = WorkAsync(node, grid, key, policy, $"k{round}", answered, killed.Token);
            await Task.Delay(random.Next(0, 60), TestContext.Current.CancellationToken);
            await enclave.KillAsync();
            await killed.CancelAsync();
            policy = await work;

            await enclave.StartAsync();
            var status = await node.StatusAsync();
            Assert.Equal(EnclavePhase.Member, status.Phase);
            var held = status.Keys.Select(each => each.KeyId.ToString()).ToHashSet();
            Assert.Superset(answered, held);

            // The policy answered last is in force, or the one asked for after it, whose answer was lost.
            var inForce = status.Keys.Single(each => each.Key == key);
            Assert.InRange(inForce.PolicyNumber, policy.Number, policy.Number + 1);
            if (inForce.PolicyNumber > policy.Number) policy = grid.KeyPolicy(after: policy);
            Assert.Equal(policy.Hash(), inForce.Policy);
            Assert.IsType<Performed.Signed>(await node.AskAsync(grid.Approved(grid.Sign(key, policy))));
            answered.UnionWith(held);
        }
#pragma warning restore CA5394

        output.WriteLine($"{answered.Count} keys, policy {policy.Number}");
    }

    // Makes keys and changes a policy as fast as it goes; notes what was answered.
    private static async Task<KeyPolicy> WorkAsync(
        TestNode node, TestGrid grid, Hash256 key, KeyPolicy policy, string prefix, HashSet<string> answered, CancellationToken killed)
    {
        for (var i = 0; !killed.IsCancellationRequested; i++)
        {
            var first = grid.KeyPolicy($"{prefix}-{i}");
            if ((await node.TryAsync(grid.Approved(grid.CreateKey(first), first.ToUtf8()))).Refusal is { } refusal)
            {
                Assert.Equal(RefusalCode.EnclaveDetached, refusal.Code);
                return policy;
            }

            answered.Add(first.KeyId.ToString());
            var next = grid.KeyPolicy(after: policy);
            if ((await node.TryAsync(grid.Approved(grid.ChangePolicy(key, policy, next), next.ToUtf8()))).Refusal is not null) return policy;
            policy = next;
        }

        return policy;
    }
}
