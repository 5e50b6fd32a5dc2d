using VaultGrid.Testing;

namespace VaultGrid.Architecture.Tests;

/// <summary>Who may reference whom (docs/architecture.md): arrows point downwards, and no silo-side process can hold a share.</summary>
public sealed class ReferenceTests
{
    /// <summary>For every project, all that it may reference directly. Adding a line here is a decision about the trust boundary.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["VaultGrid.Crypto"] = [],
        ["VaultGrid.Model"] = ["VaultGrid.Crypto"],
        ["VaultGrid.Enclave.Contracts"] = ["VaultGrid.Model"],
        ["VaultGrid.Enclave"] = ["VaultGrid.Enclave.Contracts", "VaultGrid.Protocols"],
        ["VaultGrid.Protocols"] = ["VaultGrid.Crypto"],
        ["VaultGrid.Ceremony"] = ["VaultGrid.Model"],
        ["VaultGrid.Dealer"] = ["VaultGrid.Ceremony", "VaultGrid.Protocols", "VaultGrid.Enclave.Contracts"],
        ["VaultGrid.Embedded"] = [],
        ["VaultGrid.Grains.Contracts"] = ["VaultGrid.Model", "VaultGrid.Embedded"],
        ["VaultGrid.Grains"] = ["VaultGrid.Grains.Contracts", "VaultGrid.Enclave.Contracts", "VaultGrid.Embedded"],
        ["VaultGrid.Client"] = ["VaultGrid.Model"],
        // The user's half of shared keys: it checks what enclaves sign and prove, and combines evaluations that are sealed to the user. No silo or relay reaches it.
        ["VaultGrid.Client.Secrets"] = ["VaultGrid.Client", "VaultGrid.Enclave.Contracts", "VaultGrid.Protocols"],
        ["VaultGrid.Client.Grains"] = ["VaultGrid.Client", "VaultGrid.Grains.Contracts", "VaultGrid.Enclave.Contracts", "VaultGrid.Embedded"],
        ["VaultGrid.Telemetry"] = [],
        ["VaultGrid.Channels"] = ["VaultGrid.Client"],
        ["VaultGrid.Relay"] = ["VaultGrid.Telemetry", "VaultGrid.Channels", "VaultGrid.Client", "VaultGrid.Client.Grains", "VaultGrid.Grains.Contracts", "VaultGrid.Embedded"],
        ["VaultGrid.Silo"] = ["VaultGrid.Telemetry", "VaultGrid.Grains", "VaultGrid.Relay", "VaultGrid.Client.Grains", "VaultGrid.Enclave.Contracts", "VaultGrid.Embedded"],
        ["VaultGrid.LocalGrid"] = ["VaultGrid.Ceremony", "VaultGrid.Client", "VaultGrid.Client.Secrets", "VaultGrid.Dealer"], // it plays all parts on one machine, the dealer's too
        ["VaultGrid.Cli"] = ["VaultGrid.Ceremony", "VaultGrid.Dealer", "VaultGrid.Channels", "VaultGrid.Client", "VaultGrid.LocalGrid", "VaultGrid.Client.Secrets"],
    };


    public static TheoryData<string> Projects => [.. ProjectReferences.Direct.Keys.Order()];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_it_may(string project)
    {
        Assert.True(Allowed.ContainsKey(project), $"{project} is new: say in this test what it may reference");
        var beyond = ProjectReferences.Direct[project].Except(Allowed[project]);
        Assert.Empty(beyond);
    }

    [Theory]
    [InlineData("VaultGrid.Grains")]
    [InlineData("VaultGrid.Grains.Contracts")]
    [InlineData("VaultGrid.Embedded")]
    [InlineData("VaultGrid.Relay")]
    [InlineData("VaultGrid.Silo")]
    public void The_silo_side_reaches_neither_enclave_nor_protocols(string project)
    {
        var reached = ProjectReferences.Reachable(project);
        Assert.DoesNotContain("VaultGrid.Enclave", reached);
        Assert.DoesNotContain("VaultGrid.Protocols", reached);
        Assert.DoesNotContain("VaultGrid.Ceremony", reached);
    }

    [Fact]
    public void The_enclave_reaches_no_engine_and_no_web_server()
    {
        var reached = ProjectReferences.Reachable("VaultGrid.Enclave");
        Assert.DoesNotContain("VaultGrid.Embedded", reached);
        Assert.DoesNotContain("VaultGrid.Grains", reached);
        Assert.DoesNotContain("VaultGrid.Relay", reached);
        Assert.DoesNotContain("VaultGrid.Client", reached);

        var binaries = Path.GetDirectoryName(typeof(ReferenceTests).Assembly.Location)!;
        var enclave = Path.Combine(binaries, "..", "..", "VaultGrid.Enclave", Path.GetFileName(binaries), "vaultgrid-enclave.runtimeconfig.json");
        Assert.DoesNotContain("Microsoft.AspNetCore.App", File.ReadAllText(enclave), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_crypto_and_the_enclave_may_use_unsafe_code()
    {
        var unsafeProjects = Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("<AllowUnsafeBlocks>true", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Order();
        Assert.Equal(["VaultGrid.Crypto", "VaultGrid.Enclave"], unsafeProjects);
    }
}
