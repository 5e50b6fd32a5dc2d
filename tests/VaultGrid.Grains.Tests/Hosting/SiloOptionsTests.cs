using VaultGrid.Silo.Hosting;

namespace VaultGrid.Grains.Tests.Hosting;

/// <summary>What is wrong with a silo's configuration is said in one sentence that names the setting.</summary>
public sealed class SiloOptionsTests
{
    [Theory]
    [InlineData("VaultGrid:Storage:Kind", "files", "VaultGrid:Storage:Kind is 'files'")]
    [InlineData("VaultGrid:Storage:Kind", "", "VaultGrid:Storage:Kind must be chosen")]
    [InlineData("VaultGrid:Storage:Directory", "", "VaultGrid:Storage:Directory must name")]
    [InlineData("VaultGrid:Storage:Connection", "Host=x", "belongs to postgres")]
    [InlineData("VaultGrid:Enclaves:0:Node", "1", "VaultGrid:Enclaves:0:Node is '1'")]
    [InlineData("VaultGrid:Enclaves:0:Socket", "relative.sock", "VaultGrid:Enclaves:0:Socket must be the full path")]
    [InlineData("VaultGrid:Enclaves:1:Node", "1/1", "names node 1/1 twice")]
    [InlineData("VaultGrid:Health:Port", "70000", "VaultGrid:Health:Port")]
    [InlineData("VaultGrid:Health:Listen", "somewhere", "VaultGrid:Health:Listen")]
    [InlineData("VaultGrid:Name", " ", "VaultGrid:Name must not be empty")]
    [InlineData("VaultGrid:Shape", "round", "VaultGrid:Shape is no setting")]
    public void A_wrong_setting_is_named(string key, string value, string sentence)
    {
        var fault = Assert.Throws<SiloStartException>(() => SiloHost.Build(null, With(key, value)));
        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void A_socket_path_that_the_system_would_cut_is_refused()
    {
        var fault = Assert.Throws<SiloStartException>(() => SiloHost.Build(null, With("VaultGrid:Enclaves:0:Socket", "/" + new string('s', 107))));
        Assert.Contains("107 bytes", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_profiles_in_the_repository_are_valid()
    {
        foreach (var profile in Directory.GetFiles(Repository.PathOf("silo-config"), "*.json"))
        {
            var options = SiloHost.ReadOptions(new Microsoft.Extensions.Configuration.ConfigurationManager().WithFile(profile));
            Assert.NotEmpty(options.Enclaves);
        }
    }

    private static Dictionary<string, string?> With(string key, string value)
    {
        var settings = new Dictionary<string, string?>
        {
            ["VaultGrid:Storage:Kind"] = "sqlite",
            ["VaultGrid:Storage:Directory"] = Path.Combine(Path.GetTempPath(), "vg-never-made"),
            ["VaultGrid:Enclaves:0:Node"] = "1/1",
            ["VaultGrid:Enclaves:0:Socket"] = "/run/vaultgrid/1-1.sock",
        };
        if (key.StartsWith("VaultGrid:Enclaves:1", StringComparison.Ordinal)) settings["VaultGrid:Enclaves:1:Socket"] = "/run/vaultgrid/1-2.sock";
        settings[key] = value;
        return settings;
    }
}

internal static class ConfigurationFiles
{
    public static Microsoft.Extensions.Configuration.ConfigurationManager WithFile(
        this Microsoft.Extensions.Configuration.ConfigurationManager configuration, string file)
    {
        Microsoft.Extensions.Configuration.JsonConfigurationExtensions.AddJsonFile(configuration, file);
        return configuration;
    }
}
