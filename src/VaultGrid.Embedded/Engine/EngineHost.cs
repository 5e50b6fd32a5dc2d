using Microsoft.Extensions.Hosting;
using VaultGrid.Embedded.Reminders;
using VaultGrid.Embedded.Storage;

namespace VaultGrid.Embedded.Engine;

/// <summary>Starts and stops the engine with its host.</summary>
internal sealed class EngineHost(GrainEngine engine, IStorageLifetime storage, ReminderService reminders) : IHostedService, IDisposable
{
    private Housekeeping? _housekeeping;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await storage.StartAsync(cancellationToken);
        _housekeeping = new Housekeeping(engine);
        await reminders.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        reminders.Dispose();
        await engine.StopAsync(cancellationToken);
        _housekeeping?.Dispose();
        await storage.StopAsync();
    }

    public void Dispose() => _housekeeping?.Dispose();
}
