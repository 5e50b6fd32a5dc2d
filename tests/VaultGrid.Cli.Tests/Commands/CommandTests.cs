using System.CommandLine;
using System.Text.Json;
using VaultGrid.Cli.Running;
using VaultGrid.Cli.Tests.Scripts;

namespace VaultGrid.Cli.Tests.Commands;

public sealed class CommandTests
{
    public static TheoryData<string> Paths => [.. Leaves(CommandLine.Root(), "vaultgrid").Select(leaf => leaf.Path)];

    [Theory, MemberData(nameof(Paths))]
    public async Task Every_command_has_help_with_an_example(string path)
    {
        var run = await CommandRun.OfAsync(Path.GetTempPath(), $"{path} --help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.Contains("--json", run.Output, StringComparison.Ordinal);
        Assert.Contains("--grid <URL>", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Example:\n  {path}", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_wrong_option_is_wrong_usage_and_one_JSON_document(string path)
    {
        var run = await CommandRun.OfAsync(Path.GetTempPath(), $"{path} --no-such-option --json");

        Assert.Equal(2, run.ExitCode);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal("usage", document.RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Matches("^vaultgrid: error: [a-z'0-9-].*[^.]\nvaultgrid: hint: see '", run.Error);
    }

    [Fact]
    public void Every_example_is_understood()
    {
        foreach (var (path, leaf) in Leaves(CommandLine.Root(), "vaultgrid"))
        {
            var example = leaf.Example.Split('\n')[0];
            Assert.StartsWith(path, example, StringComparison.Ordinal);
            var errors = CommandLine.Root().Parse(example["vaultgrid ".Length..].Replace('\'', '"').Replace("0x4f1c…", $"0x{new string('4', 64)}", StringComparison.Ordinal)
                .Replace("3f0c…", "3f0c1b2a-9a67-4c58-8e7f-1d2c3b4a5968", StringComparison.Ordinal).Replace("7d9b1c4e-…", "7d9b1c4e-9a67-4c58-8e7f-1d2c3b4a5968", StringComparison.Ordinal)
                .Replace("m/44\"/60\"/0\"", "m/44'/60'/0'", StringComparison.Ordinal)).Errors;
            Assert.True(errors.Count == 0, $"{example}: {(errors.Count == 0 ? "" : errors[0].Message)}");
        }
    }

    [Theory]
    [InlineData("vaultgrid")]
    [InlineData("vaultgrid no-such-command")]
    [InlineData("vaultgrid request new")]
    [InlineData("vaultgrid cluster status one")]
    [InlineData("vaultgrid node status 1")]
    [InlineData("vaultgrid key show Treasury --cluster 1")]
    [InlineData("vaultgrid key xpub treasury --cluster 1 --path 44/60")]
    [InlineData("vaultgrid request list --state sleeping")]
    [InlineData("vaultgrid trust chain 3F0C1B2A-9A67-4C58-8E7F-1D2C3B4A5968")]
    [InlineData("vaultgrid trust list --state open")]
    [InlineData("vaultgrid trust retire 3f0c1b2a-9a67-4c58-8e7f-1d2c3b4a5968 1")]
    [InlineData("vaultgrid domain create x --chain 3f0c1b2a-9a67-4c58-8e7f-1d2c3b4a5968")]
    [InlineData("vaultgrid domain create 3f0c1b2a-9a67-4c58-8e7f-1d2c3b4a5968")]
    [InlineData("vaultgrid encrypt report.pdf report.pdf.vault")]
    [InlineData("vaultgrid decrypt report.pdf.vault")]
    public async Task What_can_not_be_understood_is_wrong_usage(string command)
    {
        var run = await CommandRun.OfAsync(Path.GetTempPath(), command);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("vaultgrid: error: ", run.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Path, LeafCommand Leaf)> Leaves(Command command, string path) => command is LeafCommand leaf
        ? [(path, leaf)]
        : command.Subcommands.SelectMany(sub => Leaves(sub, $"{path} {sub.Name}"));
}
