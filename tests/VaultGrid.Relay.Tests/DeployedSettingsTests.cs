using System.Text;
using Microsoft.Extensions.Configuration;
using VaultGrid.Testing;

namespace VaultGrid.Relay.Tests;

/// <summary>The settings that the repository hands out are settings of a relay.</summary>
public sealed class DeployedSettingsTests
{
    [Theory]
    [InlineData("development")]
    [InlineData("production")]
    public void What_Kubernetes_mounts_is_read(string overlay)
    {
        // The block under `relay.json: |`, without its indentation.
        var file = Repository.PathOf("k8s", "overlays", overlay, "relays", "config.yaml");
        var lines = File.ReadLines(file).SkipWhile(line => !line.Contains("relay.json: |", StringComparison.Ordinal)).Skip(1);
        using var configuration = new ConfigurationManager();
        configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
        var options = configuration.GetSection(RelayOptions.Section).Get<RelayOptions>(binder => binder.ErrorOnUnknownConfiguration = true)!;
        Assert.Equal((8443, 8080, "*"), (options.Port, options.HealthPort, options.Listen));
        Assert.StartsWith("/run/secrets/", options.PassphraseFile, StringComparison.Ordinal);
    }
}
