using System.Diagnostics;
using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>Ordinary tools, which know nothing of VaultGrid, against the relay.</summary>
public sealed class ToolTests(RelayFixture fixture) : IClassFixture<RelayFixture>
{
    private int Port => fixture.Relay.Address.Port;

    [Fact]
    public async Task Curl_with_a_client_certificate_gets_an_answer()
    {
        var issued = fixture.Authorities.Client("curl");
        var (code, output) = await RunAsync(
            "curl", "-sS", "--tlsv1.3", "--cacert", fixture.Authorities.RootFile, "--cert", issued.ChainFile, "--key", issued.KeyFile,
            "--pass", TestAuthorities.Passphrase, $"https://localhost:{Port}/v1/grid");
        Assert.Equal(0, code);
        Assert.Contains("\"engine\":", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curl_without_one_gets_none()
    {
        var (code, output) = await RunAsync("curl", "-sS", "--cacert", fixture.Authorities.RootFile, $"https://localhost:{Port}/v1/grid");
        Assert.NotEqual(0, code);
        Assert.DoesNotContain("\"engine\":", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenSSL_verifies_the_chain_that_the_relay_sends()
    {
        var issued = fixture.Authorities.Client("openssl");
        var (code, output) = await RunAsync(
            "openssl", "s_client", "-connect", $"localhost:{Port}", "-CAfile", fixture.Authorities.RootFile, "-verify_return_error", "-verify_hostname", "localhost",
            "-cert", issued.ChainFile, "-key", issued.KeyFile, "-pass", "pass:" + TestAuthorities.Passphrase, "-brief");
        Assert.Equal(0, code);
        Assert.Contains("TLSv1.3", output, StringComparison.Ordinal);
        Assert.Contains("Verification: OK", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
