using System.Text;
using Microsoft.Extensions.Configuration;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Grains.Tests.Hosting;

/// <summary>The settings that the repository hands out are settings of a silo.</summary>
public sealed class DeployedSettingsTests
{
    [Theory]
    [InlineData("silo-config/embedded.json")]
    [InlineData("silo-config/orleans-postgres.json")]
    public void A_profile_is_read(string file)
    {
        using var configuration = new ConfigurationManager();
        configuration.AddJsonFile(Repository.PathOf(file.Split('/')));
        Assert.NotEmpty(SiloHost.ReadOptions(configuration).Storage.Kind);
    }

    [Fact]
    public void What_Kubernetes_mounts_is_read_together_with_what_the_pod_adds()
    {
        // The block under `silo.json: |`, without its indentation.
        var lines = File.ReadLines(Repository.PathOf("k8s", "cluster", "config.yaml")).SkipWhile(line => !line.Contains("silo.json: |", StringComparison.Ordinal)).Skip(1);
        using var configuration = new ConfigurationManager();
        configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["VaultGrid:Name"] = "vaultgrid-cluster-1-node-2",
            ["VaultGrid:Membership:Address"] = "10.1.2.3",
            ["VaultGrid:Enclaves:0:Node"] = "1/2",
            ["VaultGrid:Enclaves:0:Socket"] = "/run/vaultgrid/enclave.sock",
        });
        var options = SiloHost.ReadOptions(configuration);
        Assert.Equal(("postgres", 8080, "1/2"), (options.Storage.Kind, options.Health.Port, options.Enclaves[0].Node));
    }
}
