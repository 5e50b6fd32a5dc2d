namespace VaultGrid.Relay.Tests.Grid;

/// <summary>One relay for the tests of a class.</summary>
public sealed class RelayFixture : IAsyncLifetime
{
    internal TestAuthorities Authorities { get; } = new();

    internal TestRelay Relay { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Relay = await TestRelay.StartAsync(Authorities);

    public async ValueTask DisposeAsync()
    {
        await Relay.DisposeAsync();
        Authorities.Dispose();
    }
}
