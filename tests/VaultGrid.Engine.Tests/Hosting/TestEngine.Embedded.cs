using VaultGrid.Silo.Engine;

namespace VaultGrid.Engine.Tests.Hosting;

public sealed partial class TestEngine
{
    private DirectoryInfo _directory = null!;

    private partial Task PrepareAsync()
    {
        _directory = Directory.CreateTempSubdirectory("vg-engine-");
        return Task.CompletedTask;
    }

    private partial Task CleanUpAsync()
    {
        _directory.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private partial void ChooseStore(GridEngineOptions options) => options.SqliteFile = Path.Combine(_directory.FullName, "engine.db");

    private partial void ChooseTime(IServiceCollection services) => services.AddSingleton<TimeProvider>(Time);
}
