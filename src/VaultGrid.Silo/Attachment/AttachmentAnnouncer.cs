using VaultGrid.Grains;
using VaultGrid.Silo.Health;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Silo.Attachment;

/// <summary>Tells the grid which enclaves this silo has, until it has heard.</summary>
internal sealed partial class AttachmentAnnouncer(
    IGrainFactory grains, SiloOptions options, SiloReadiness readiness, TimeProvider time, ILogger<AttachmentAnnouncer> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var command = new AttachSilo(options.Name, [.. options.Enclaves.Select(enclave => NodeId.Parse(enclave.Node)).OrderBy(node => node.Cluster.Number).ThenBy(node => node.Index)]);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<IGridGrain>(IGridGrain.Key).AttachAsync(command, stoppingToken);
                readiness.Attached();
                LogAttached(logger, command.Nodes.Length);
                return;
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException or IOException or System.Data.Common.DbException)
            {
                LogFailed(logger, exception);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }
}
