using System.Diagnostics;
using System.Text;
using System.Text.Json;
using VaultGrid.LocalGrid;

namespace VaultGrid.Cli.Tests.Commands;

public sealed class GridUpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_grid_whose_starter_is_killed_leaves_no_process()
    {
        var directory = Directory.CreateTempSubdirectory("vg-up-").FullName;
        using var patience = new CancellationTokenSource(Patience);
        using var up = Process.Start(new ProcessStartInfo(LocalProgram.Find(LocalProgram.Cli), ["grid", "up", "--clusters", "1", "--nodes", "1", "--port", "0", "--directory", Path.Combine(directory, "grid"), "--json"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _ = up.StandardError.ReadToEndAsync(patience.Token);
        using var document = await ReadDocumentAsync(up.StandardOutput, patience.Token);
        using var enclave = Process.GetProcessById(document.RootElement.GetProperty("nodes")[0].GetProperty("process").GetInt32());

        up.Kill();
        await up.WaitForExitAsync(patience.Token);
        await enclave.WaitForExitAsync(patience.Token);

        Assert.True(enclave.HasExited);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_grid_that_is_told_to_stop_stops_everything_and_ends_well()
    {
        var directory = Directory.CreateTempSubdirectory("vg-up-").FullName;
        using var patience = new CancellationTokenSource(Patience);
        using var up = Process.Start(new ProcessStartInfo(LocalProgram.Find(LocalProgram.Cli), ["grid", "up", "--clusters", "1", "--nodes", "1", "--port", "0", "--directory", Path.Combine(directory, "grid"), "--json"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = up.StandardError.ReadToEndAsync(patience.Token);
        using var document = await ReadDocumentAsync(up.StandardOutput, patience.Token);
        var node = document.RootElement.GetProperty("nodes")[0];
        using var enclave = Process.GetProcessById(node.GetProperty("process").GetInt32());

        using (var kill = Process.Start("kill", ["-TERM", $"{up.Id}"])) await kill.WaitForExitAsync(patience.Token);
        await up.WaitForExitAsync(patience.Token);

        Assert.Equal(0, up.ExitCode);
        Assert.True(enclave.HasExited);
        Assert.False(Path.Exists(Path.GetDirectoryName(node.GetProperty("socket").GetString())));
        Assert.Contains("vaultgrid: stopping 1 enclaves and the silo", await errors, StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    // The document is complete long before the command ends.
    private static async Task<JsonDocument> ReadDocumentAsync(StreamReader output, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        while (await output.ReadLineAsync(cancellationToken) is { } line)
        {
            text.AppendLine(line);
            if (line == "}") return JsonDocument.Parse(text.ToString());
        }

        throw new InvalidOperationException("The grid did not come up.");
    }
}
