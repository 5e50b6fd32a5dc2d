using System.Text.Json;
using VaultGrid.Cli.Tests.Scripts;

namespace VaultGrid.Cli.Tests.Commands;

public sealed class HsmBenchTests
{
    private static readonly string[] Rows =
    [
        "DKG Schnorr", "DKG BLS", "sign Schnorr", "sign BLS", "validate Schnorr", "validate BLS", "encrypt DiSE", "decrypt DiSE", "sign Schnorr pooled",
    ];

    [Fact]
    public async Task The_table_has_every_row_and_the_published_figure_beside_it()
    {
        var run = await CommandRun.OfProgramAsync(Path.GetTempPath(), "vaultgrid hsm bench --nodes 4 --faulty 1 --operations 5 --generations 1 --json", within: TimeSpan.FromMinutes(8));

        Assert.True(run.ExitCode == 0, run.Error);
        using var document = JsonDocument.Parse(run.Output);
        var rows = document.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(Rows, rows.Select(row => row.GetProperty("name").GetString()));
        Assert.All(rows, row => Assert.True(row.GetProperty("mean").GetDouble() > 0 && row.GetProperty("count").GetInt32() >= 1));
        Assert.Equal([20.5, 130, 21.5, 81.7, 3.9, 11.0, 52.7, 51.3, null], rows.Select(row => row.GetProperty("published") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : (double?)null));
    }

    [Theory]
    [InlineData("--nodes 3 --faulty 2")]
    [InlineData("--nodes 17")]
    [InlineData("--faulty 0")]
    [InlineData("--operations 0")]
    [InlineData("--generations 401")]
    public async Task What_can_not_be_measured_is_wrong_usage(string options)
    {
        var run = await CommandRun.OfAsync(Path.GetTempPath(), $"vaultgrid hsm bench {options}");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("vaultgrid: error: --", run.Error, StringComparison.Ordinal);
    }
}
