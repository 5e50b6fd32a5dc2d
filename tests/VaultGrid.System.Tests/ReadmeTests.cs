using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using VaultGrid.Testing;

namespace VaultGrid.System.Tests;

/// <summary>The ceremony that the README describes, run as it stands there.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vaultgrid-readme-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_ceremony_by_hand_works_as_written()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        var start = readme.IndexOf("```sh ceremony\n", StringComparison.Ordinal) + "```sh ceremony\n".Length;
        var script = readme[start..readme.IndexOf("\n```", start, StringComparison.Ordinal)];

        // Whatever the script left running ends with it.
        var whole = "set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n" + script;
        await using var store = await SiloStore.OpenAsync();
        var result = await Command.RunAsync(
            "env",
            [.. store.Settings, $"GRID={_folder}/grid", $"PORT={FreePort()}", $"SAMPLES={Repository.PathOf("samples")}", $"HOME={_folder}", "timeout", "120", "bash", "-c", whole],
            Repository.Root);
        Assert.True(result.ExitCode == 0, $"exit {result.ExitCode}\n{result.Output}\n{result.Error}\n{Logs()}");
        Assert.Contains("refused, as it should be", result.Output, StringComparison.Ordinal);

        using var answer = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "grid", "answer.json")));
        Assert.NotEqual(default, answer.RootElement.ValueKind);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Logs() => string.Join("\n", Directory.GetFiles(_folder, "*.log", SearchOption.AllDirectories).Select(File.ReadAllText));
}
