using System.Reflection;

namespace VaultGrid.Enclave.Tests;

/// <summary>Parts of keys are checked while they are held: one that decays in memory is found by the audit and named.</summary>
public sealed class KeyCheckTests : IAsyncLifetime
{
    private readonly ThresholdGrid _grid = new(clusters: 2);

    public async ValueTask InitializeAsync() => await _grid.StartAsync();

    public ValueTask DisposeAsync() => _grid.DisposeAsync();

    [Fact]
    public async Task Parts_that_fit_what_was_published_pass()
    {
        var deal = await _grid.DealAsync(threshold: 2);
        var (root, _) = await _grid.First(1).CreateKeyAsync();
        await _grid.First(1).AskAsync(new CheckKeyCall(deal.Key));
        await _grid.First(1).AskAsync(new CheckKeyCall(root));
        await _grid.First(1).RefusesAsync(RefusalCode.KeyUnknown, new CheckKeyCall(Hash256.Sha256([1])));
    }

    [Theory]
    [InlineData(true, "shares")]
    [InlineData(false, "seed")]
    public async Task A_part_that_decayed_in_memory_is_named(bool isShared, string part)
    {
        var key = isShared ? (await _grid.DealAsync(threshold: 2)).Key : (await _grid.First(1).CreateKeyAsync()).Key;
        var state = ((CorePort)_grid.First(1).Port).State;
        Assert.True(state.Keys.Find(key).Value.Seed.TryTake(out var lease));
        using (lease)
        {
            // The last byte: of the seed, or of the second prime.
            var bytes = typeof(SecretBytes).GetProperty("Span", BindingFlags.Instance | BindingFlags.NonPublic)!.GetMethod!.CreateDelegate<Memory>(lease.Value);
            bytes()[^1] ^= 4;
            var refusal = (await _grid.First(1).TryAsync(new CheckKeyCall(key))).Refusal;
            Assert.True(refusal?.Code == RefusalCode.KeyBroken, $"{part}: {refusal}");
            Assert.Contains("1/1", refusal!.Detail, StringComparison.Ordinal);
            bytes()[^1] ^= 4;
        }

        await _grid.First(1).AskAsync(new CheckKeyCall(key));
    }

    private delegate Span<byte> Memory();
}
