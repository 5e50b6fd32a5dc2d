namespace VaultGrid.Relay.Tests.Grid;

/// <summary>One pair of relays with a gap between them, for the tests of a class.</summary>
public sealed class ChannelFixture : IAsyncLifetime
{
    internal TestAuthorities Authorities { get; } = new();

    internal ChannelSite Site { get; private set; } = null!;

    internal VaultGridClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await ChannelSite.StartAsync(Authorities);
        Client = Site.Outer.Connect(Authorities.Client("backend"));
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        Authorities.Dispose();
    }
}
