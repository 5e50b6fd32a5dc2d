using VaultGrid.Operations.Tests.Deployment;

namespace VaultGrid.Operations.Tests.Telemetry;

/// <summary>Settings of telemetry that make no sense: the silo doesn't start, and says which one it is.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("TraceRatio=2", "VaultGrid:Telemetry:TraceRatio lies between 0 and 1")]
    [InlineData("TraceRatio=often", "VaultGrid:Telemetry can't be read")]
    [InlineData("Otlp:Endpoint=ftp://collector", "VaultGrid:Telemetry:Otlp:Endpoint is a collector's address")]
    [InlineData("Otlp:Protocol=http/json", "VaultGrid:Telemetry:Otlp:Endpoint is a collector's address")]
    [InlineData("Prometheus:Listen=everywhere", "VaultGrid:Telemetry:Prometheus:Listen must be an IP address, or *")]
    [InlineData("Prometheus:Port=70000", "VaultGrid:Telemetry:Prometheus:Port must lie between 0 and 65535")]
    [InlineData("Otlp:Headers=authorization=secret", "VaultGrid:Telemetry can't be read")]
    public async Task It_is_told_in_one_sentence(string setting, string sentence)
    {
        var folder = Directory.CreateTempSubdirectory("vg-settings-");
        var (code, _, error) = await Tool.RunAsync(LocalProgram.Find(LocalProgram.Silo),
        [
            "run", "--set", "VaultGrid:Storage:Kind=sqlite", "--set", $"VaultGrid:Storage:Directory={folder.FullName}", "--set", $"VaultGrid:Telemetry:{setting}",
        ]);
        Assert.Equal(1, code);
        Assert.StartsWith("vaultgrid-silo: error: ", error, StringComparison.Ordinal);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }
}
