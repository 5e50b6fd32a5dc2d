using Microsoft.Extensions.Logging;
using VaultGrid.Silo.Engine;
using VaultGrid.Testing;

namespace VaultGrid.Engine.Tests.Hosting;

/// <summary>The engine of this build, composed as the silo composes it, over a store of its own.</summary>
public sealed partial class TestEngine : IAsyncDisposable
{
    private readonly Action<GridEngineOptions> _change;
    private IHost _host = null!;
    private bool _filters;

    private TestEngine(Action<GridEngineOptions> change, string name) => (_change, Stage) = (change, new Stage { Name = name });

    /// <summary>Moves grain timers and reminders.</summary>
    public ManualTime Time { get; } = new();

    public Stage Stage { get; }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host.Services;

    /// <param name="change">Changes the options.</param>
    /// <param name="name">What <see cref="Hosting.Stage.Name"/> says.</param>
    /// <param name="filters">False leaves out the call filters, for measurements.</param>
    public static async Task<TestEngine> StartAsync(Action<GridEngineOptions>? change = null, string name = "", bool filters = true)
    {
        var engine = new TestEngine(change ?? (_ => { }), name) { _filters = filters };
        await engine.PrepareAsync();
        await engine.StartHostAsync();
        return engine;
    }

    /// <summary>Stops in good order and starts anew over the same store.</summary>
    public async Task RestartAsync()
    {
        await StopHostAsync();
        await StartHostAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopHostAsync();
        await CleanUpAsync();
    }

    private async Task StartHostAsync()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddFilter(level => level >= LogLevel.Warning);
        builder.Services.AddSingleton(Stage);

        // Tests move the clock by hours: neither calls nor activations shall be given up for that.
        var options = new GridEngineOptions
        {
            Assemblies = { typeof(TestEngine).Assembly },
            ResponseTimeout = TimeSpan.FromDays(1),
            CollectionAge = TimeSpan.FromDays(1),
        };
        ChooseStore(options);
        _change(options);
        builder.AddGridEngine(options, silo =>
        {
            if (_filters)
            {
                silo.AddIncomingGrainCallFilter<Filters.StampFilter>().AddOutgoingGrainCallFilter<Filters.LabelFilter>();
            }
        });
        ChooseTime(builder.Services);
        _host = builder.Build();
        await _host.StartAsync();
    }

    private async Task StopHostAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    private partial Task PrepareAsync();

    private partial Task CleanUpAsync();

    private partial void ChooseStore(GridEngineOptions options);

    private partial void ChooseTime(IServiceCollection services);
}
