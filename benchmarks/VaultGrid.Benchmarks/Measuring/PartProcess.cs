using System.Diagnostics;
using System.Text.Json;

namespace VaultGrid.Benchmarks;

/// <summary>
/// A part of the groups, measured by a process of its own: what one part leaves behind in a runtime (its heap, threads, code compiled for other callers) is no part of the
/// next one's figures, and each row is the same in a run of its group alone.
/// </summary>
internal static class PartProcess
{
    /// <summary>Measures a part and adds its rows.</summary>
    /// <param name="report">Gets the rows.</param>
    /// <param name="groups">The part.</param>
    /// <param name="options">How long is measured, as the command line says it.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="BenchmarkException">It could not be measured; the process has said why.</exception>
    public static async Task MeasureAsync(Report report, IReadOnlyCollection<string> groups, IEnumerable<string> options, CancellationToken cancellationToken)
    {
        var rows = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Program(), "--only", .. groups, "--rows", rows, .. options]);
            using var process = Process.Start(start) ?? throw new BenchmarkException($"no process for {string.Join(", ", groups)} could be started");
            try
            {
                await process.WaitForExitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            if (process.ExitCode != 0) throw new BenchmarkException($"{string.Join(", ", groups)}: not measured");
            foreach (var row in JsonSerializer.Deserialize<List<Row>>(await File.ReadAllBytesAsync(rows, cancellationToken))!) report.Add(row);
        }
        finally
        {
            File.Delete(rows);
        }
    }

    /// <summary>Leaves the rows of a part for the process that asked for it.</summary>
    public static void Leave(Report report, FileInfo rows) => File.WriteAllBytes(rows.FullName, JsonSerializer.SerializeToUtf8Bytes(report.Rows));

    // Started as an assembly of `dotnet`, or as a program of its own.
    private static IEnumerable<string> Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
}
