using VaultGrid.Engine.Tests.Hosting;

[assembly: AssemblyFixture(typeof(SharedEngine))]

namespace VaultGrid.Engine.Tests.Hosting;

/// <summary>One engine for all tests that neither restart it nor move its clock.</summary>
public sealed class SharedEngine : IAsyncLifetime
{
    private TestEngine _engine = null!;

    public IGrainFactory Grains => _engine.Grains;

    public Stage Stage => _engine.Stage;

    /// <summary>A key that no other test uses.</summary>
    public static string NewKey() => Guid.NewGuid().ToString("N");

    public async ValueTask InitializeAsync() => _engine = await TestEngine.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
#if GRID_ORLEANS
        await TestEngine.StopServerAsync();
#endif
    }
}
