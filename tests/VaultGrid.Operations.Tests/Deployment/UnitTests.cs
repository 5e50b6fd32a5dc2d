namespace VaultGrid.Operations.Tests.Deployment;

/// <summary>The units of silo-config/systemd, as systemd itself judges them.</summary>
public sealed class UnitTests : IDisposable
{
    // Tenths: what `systemd-analyze security` calls safe is below 2, and .NET's compiler costs a few tenths.
    private const string MostExposed = "10", MostExposedOfOthers = "20";

    private readonly string _folder = Directory.CreateTempSubdirectory("vg-units-").FullName;

    public UnitTests()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("silo-config", "systemd"), "*.service"))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file).Replace("@.", "@1-2.", StringComparison.Ordinal)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("vaultgrid-enclave@1-2.service", MostExposed)]
    [InlineData("vaultgrid-silo.service", MostExposedOfOthers)]
    [InlineData("vaultgrid-relay.service", MostExposedOfOthers)]
    public async Task Systemd_understands_each_setting_and_calls_it_safe(string unit, string threshold)
    {
        if (!Tool.Has("systemd-analyze")) Assert.Skip("systemd-analyze is not there");
        var (_, _, error) = await Tool.RunAsync("systemd-analyze", ["verify", "--man=no", $"./{unit}"], _folder);
        var complaints = error.Split('\n').Where(line => line.Contains(unit, StringComparison.Ordinal) && !line.Contains("is not executable", StringComparison.Ordinal));
        Assert.Empty(complaints);

        var (code, output, _) = await Tool.RunAsync("systemd-analyze", ["security", "--offline=true", $"--threshold={threshold}", $"./{unit}"], _folder);
        Assert.True(code == 0, output);
    }

    [Fact]
    public void The_enclaves_unit_forbids_what_its_own_sandbox_forbids()
    {
        var unit = File.ReadAllLines(Path.Combine(_folder, "vaultgrid-enclave@1-2.service"));
        string[] wanted =
        [
            "NoNewPrivileges=yes", "PrivateNetwork=yes", "RestrictAddressFamilies=AF_UNIX", "ProtectSystem=strict", "ProtectHome=yes", "CapabilityBoundingSet=",
            "RestrictNamespaces=yes", "LimitCORE=0", "SystemCallArchitectures=native", "StateDirectoryMode=0700",
        ];
        Assert.All(wanted, setting => Assert.Contains(setting, unit));
        Assert.DoesNotContain(unit, line => line.StartsWith("Environment=", StringComparison.Ordinal) || line.StartsWith("ReadWritePaths=", StringComparison.Ordinal));
    }
}
