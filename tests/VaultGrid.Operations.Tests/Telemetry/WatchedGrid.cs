using System.Net;
using System.Net.Sockets;

namespace VaultGrid.Operations.Tests.Telemetry;

/// <summary>The classes that share the grid.</summary>
[CollectionDefinition(WatchedGrid.Name)]
public sealed class SharedWatchedGrid : ICollectionFixture<WatchedGrid>;

/// <summary>A grid of processes that tells everything to a collector and to whoever fetches its metrics; it has signed once and refused once.</summary>
public sealed class WatchedGrid : IAsyncLifetime
{
    public const string Name = "watched grid";

    internal Collector Collector { get; } = new();

    internal LocalVaultGrid Grid { get; private set; } = null!;

    internal Uri Metrics { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Metrics = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/metrics");
        }

        var options = new LocalGridOptions { Nodes = 2, Collector = Collector.Address, MetricsPort = Metrics.Port };
        Grid = await LocalVaultGrid.BringUpAsync(options, KeyId.Parse("treasury"), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal("done", (await SignAsync(2)).Value.State);
        Assert.Equal(RefusalCode.ApprovalQuorum, (await SignAsync(1)).Refusal?.Code);
    }

    public async ValueTask DisposeAsync()
    {
        if (Grid is not null) await Grid.DisposeAsync();
        await Collector.DisposeAsync();
    }

    internal static SigningSubject Digest { get; } = new SigningSubject.Digest(Hash256.Sha256("a payment that no collector may see"u8));

    internal async Task<Outcome<RequestStatus>> SignAsync(int approvals)
    {
        var token = TestContext.Current.CancellationToken;
        var key = (await Grid.Client.GetKeyAsync(new ClusterId(1), KeyId.Parse("treasury"), token)).Value;
        var request = Grid.Requests.Sign(key, DerivationPath.Parse("m/84'/0'/0'/0/0").Value, Digest, "a purpose that no collector may see");
        return await Grid.Requests.ExecuteAsync(request, null, Grid.Requests.Approve(request, approvals), token);
    }
}
