using System.Text.Json;
using VaultGrid.Testing;

[assembly: AssemblyFixture(typeof(VaultGrid.System.Tests.DemoRun))]

namespace VaultGrid.System.Tests;

/// <summary>One run of the demo, as a user starts it; every test reads the report that it left.</summary>
public sealed class DemoRun : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vaultgrid-demo-").FullName;

    /// <summary>The report's path.</summary>
    public string Report => Path.Combine(_folder, "demo.json");

    /// <summary>The report.</summary>
    public JsonElement Root { get; private set; }

    internal CommandResult Result { get; private set; } = new(-1, "", "");

    public async ValueTask InitializeAsync()
    {
        Result = await Command.RunAsync(
            Repository.PathOf("bin", "vaultgrid-demo"),
            ["--transaction", Repository.PathOf("samples", "ethereum-transfer.json"), "--out", Report]);
        Assert.True(Result.ExitCode == 0, $"the demo ended with {Result.ExitCode}:\n{Result.Output}\n{Result.Error}");
        Root = JsonDocument.Parse(await File.ReadAllBytesAsync(Report)).RootElement;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
