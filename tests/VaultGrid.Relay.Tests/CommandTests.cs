using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>The program itself, as its operator starts it.</summary>
public sealed class CommandTests(RelayFixture fixture) : IClassFixture<RelayFixture>
{
    private static string Program => Path.Combine(AppContext.BaseDirectory, "vaultgrid-relay.dll");

    [Fact]
    public async Task It_forwards_to_another_relay()
    {
        using var process = Start("run", "--config", Config(), "--upstream", fixture.Relay.Address.ToString());
        try
        {
            var address = await ListeningAsync(process);
            var client = fixture.Relay.Connect(fixture.Authorities.Client("through"), address: new UriBuilder(address) { Host = "localhost" }.Uri);
            fixture.Relay.Grid.Calls.Clear();
            Same.Assert(Filled.Of<GridStatus>(), await client.GetGridAsync(default).Value());
            Assert.Equal("vaultgrid://client/through via vaultgrid://relay/alone", Assert.Single(fixture.Relay.Grid.Calls).Caller.ToString());
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task Help_names_the_options()
    {
        var (code, output) = await RunAsync("run", "--help");
        Assert.Equal(0, code);
        Assert.Contains("--config", output, StringComparison.Ordinal);
        Assert.Contains("--upstream", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_such_file_is_one_sentence()
    {
        var (code, output) = await RunAsync("run", "--config", "/nowhere/relay.json", "--upstream", "https://localhost:1");
        Assert.Equal(1, code);
        Assert.StartsWith("vaultgrid-relay: error: ", output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run", "--config", "x.json", "--upstream", "not a url")]
    [InlineData("serve")]
    public async Task Wrong_usage_is_exit_code_2(params string[] arguments) => Assert.Equal(2, (await RunAsync(arguments)).Code);

    public static TheoryData<string, string> Wrong => new()
    {
        { "Listen", "\"somewhere\"" },
        { "Port", "70000" },
        { "CertificateFile", "\"\"" },
        { "KeyFile", "\"/nowhere/key.pem\"" },
        { "PassphraseFile", "\"/nowhere/passphrase\"" },
        { "RootFile", "\"/dev/null\"" },
        { "Limits", "{\"RequestBody\":1}" },
        { "Limits", "{\"BurstPerCaller\":1}" },
        { "Upstream", "\"http://localhost\"" },
        { "Channel", "{\"Directory\":\"/nowhere\",\"Peer\":\"vaultgrid://client/inner\"}" },
        { "Channel", "{\"Directory\":\"/nowhere\",\"Peer\":\"vaultgrid://relay/inner\",\"Patience\":\"00:01:00\"}" },
        { "Remotes", "[{\"Clusters\":[2],\"Address\":\"https://localhost:1\"}]" },
        { "NoSuchOption", "1" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_option_stops_it_with_one_sentence(string option, string value)
    {
        var (code, output) = await RunAsync("run", "--config", Config(option, value));
        Assert.Equal(1, code);
        Assert.StartsWith("vaultgrid-relay: error: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private string Config(string? option = null, string? value = null)
    {
        var issued = fixture.Authorities.Relay("alone");
        var relay = new JsonObject
        {
            ["Port"] = 0,
            ["CertificateFile"] = issued.ChainFile,
            ["KeyFile"] = issued.KeyFile,
            ["PassphraseFile"] = fixture.Authorities.PassphraseFile,
            ["RootFile"] = fixture.Authorities.RootFile,
            ["AuthoritiesFile"] = fixture.Authorities.AuthoritiesFile,
            ["Upstream"] = fixture.Relay.Address.ToString(),
        };
        if (option is not null) relay[option] = JsonNode.Parse(value!);
        var file = Path.Combine(fixture.Authorities.Folder, $"{option}-{value?.Length}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new JsonObject { ["VaultGrid"] = new JsonObject { ["Relay"] = relay } }));
        return file;
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task<Uri> ListeningAsync(Process process)
    {
        const string Mark = "listening on ";
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at) return new Uri(line[(at + Mark.Length)..]);
        }

        throw new InvalidOperationException("The relay ended before it listened.");
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
