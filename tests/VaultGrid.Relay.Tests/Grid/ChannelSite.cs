using VaultGrid.Channels;

namespace VaultGrid.Relay.Tests.Grid;

/// <summary>External relay → channel → internal relay → grid, with real certificates and real TLS at both ends.</summary>
internal sealed class ChannelSite : IAsyncDisposable
{
    private readonly TlsIdentity _innerIdentity;
    private readonly string _folder;

    private ChannelSite(TestAuthorities authorities, TestRelay outer, TestRelay inner, TlsIdentity innerIdentity, string folder)
    {
        (Authorities, Outer, Inner, _innerIdentity, _folder) = (authorities, outer, inner, innerIdentity, folder);
        Channel = new ChannelDirectory(Path.Combine(folder, "channel"));
        Server = Serve(Channel);
    }

    public TestAuthorities Authorities { get; }

    public TestRelay Outer { get; }

    public TestRelay Inner { get; }

    public ChannelDirectory Channel { get; }

    public ChannelServer Server { get; }

    public static async Task<ChannelSite> StartAsync(TestAuthorities authorities, TimeSpan? patience = null)
    {
        var folder = Path.Combine(authorities.Folder, "channel-" + Guid.NewGuid().ToString("N")[..8]);
        var inner = await TestRelay.StartAsync(authorities, name: "inner");
        var channel = new RelayChannel
        {
            Directory = Path.Combine(folder, "channel"), Peer = "vaultgrid://relay/hand", Patience = patience ?? TimeSpan.FromSeconds(20),
        };
        var outer = await TestRelay.StartAsync(authorities, options => options.AuthorityRefresh = TimeSpan.FromHours(1), name: "outer", channel: channel);
        var site = new ChannelSite(authorities, outer, inner, authorities.Relay("hand").Open(), folder);
        await site.PassRefreshAsync();
        return site;
    }

    // A relay asks for newer lists when it starts, through the channel like everything, and again every second until it has them: out of the way of what is tested.
    private async Task PassRefreshAsync()
    {
        while (Channel.Requests.Count == 0) await Task.Delay(1, TestContext.Current.CancellationToken);
        while (Channel.Requests.Count > 0)
        {
            await Server.ServeAsync(TestContext.Current.CancellationToken);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Inner.Grid.Calls.Clear();
    }

    /// <summary>A server at another directory, as where files are carried between two.</summary>
    public ChannelServer Serve(ChannelDirectory channel, string memory = "answered", params string[] peers) => new(
        channel, new AnsweredMessages(Path.Combine(_folder, memory), Authorities.Time),
        new ChannelServerOptions { Address = Inner.Address, Peers = peers.Length > 0 ? peers : ["vaultgrid://relay/outer"] },
        _innerIdentity, Authorities.Known(), Authorities.Time);

    /// <summary>Serves until a call has ended.</summary>
    public async Task<T> WhileServingAsync<T>(Func<Task<T>> call)
    {
        var task = call();
        while (!task.IsCompleted)
        {
            await Server.ServeAsync(TestContext.Current.CancellationToken);
            await Task.WhenAny(task, Task.Delay(5, TestContext.Current.CancellationToken));
        }

        return await task;
    }

    public async ValueTask DisposeAsync()
    {
        Server.Dispose();
        await Outer.DisposeAsync();
        await Inner.DisposeAsync();
        _innerIdentity.Dispose();
    }
}
