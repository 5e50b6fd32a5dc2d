using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Grains.Tests;

/// <content>A site that becomes two grids: some clusters move to a silo of their own, with its own store.</content>
internal sealed partial class VaultSite
{
    /// <summary>Stops the silo, starts it again without the given clusters, and starts another with them.</summary>
    public async Task<FarSilo> SplitAsync(params uint[] clusters)
    {
        await StopSiloAsync();
        var far = _attached.Where(attached => clusters.Contains(attached.Node.Cluster.Number)).ToList();
        _attached.RemoveAll(far.Contains);

        var settings = new Dictionary<string, string?>(_settings) { ["VaultGrid:Name"] = "far" };
        settings["VaultGrid:Storage:Kind"] = "sqlite";
        settings["VaultGrid:Storage:Directory"] = Path.Combine(_directory.FullName, "far");
        settings.TryAdd("VaultGrid:Grains:CheckEvery", "01:00:00");
        settings.TryAdd("VaultGrid:Health:Port", "0");
        for (var i = 0; i < far.Count; i++)
        {
            settings[$"VaultGrid:Enclaves:{i}:Node"] = far[i].Node.ToString();
            settings[$"VaultGrid:Enclaves:{i}:Socket"] = far[i].Socket;
        }

        var silo = SiloHost.Build(null, settings);
        await silo.StartAsync(Cancellation);
        var grains = silo.Services.GetRequiredService<IGrainFactory>();
        await grains.GetGrain<IGridGrain>(IGridGrain.Key).AttachAsync(new AttachSilo("far", [.. far.Select(attached => attached.Node)]), Cancellation);
        await StartSiloAsync();
        return new FarSilo(silo, grains);
    }
}

/// <summary>The other grid's silo.</summary>
internal sealed class FarSilo(WebApplication silo, IGrainFactory grains) : IAsyncDisposable
{
    public IGrainFactory Grains => grains;

    private bool _stopped;

    public async ValueTask DisposeAsync()
    {
        if (_stopped) return;
        _stopped = true;
        await silo.StopAsync(CancellationToken.None);
        await silo.DisposeAsync();
    }
}
