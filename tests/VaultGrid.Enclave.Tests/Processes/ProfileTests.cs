using System.Text.Json;

namespace VaultGrid.Enclave.Tests;

/// <summary>The packaged lists of system calls are the enclave's own, and what it takes to start it.</summary>
public sealed class ProfileTests
{
    private static readonly string[] Starting =
        ["clone", "execve", "execveat", "clone3", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "seccomp", "wait4", "vfork"];

    private static IEnumerable<string> Running => AllowedCalls.Always.Select(call => call.Name);

    [Fact]
    public void The_profile_for_Kubernetes_allows_these_calls_and_no_others()
    {
        using var profile = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("k8s", "seccomp", "enclave.json")));
        Assert.Equal("SCMP_ACT_ERRNO", profile.RootElement.GetProperty("defaultAction").GetString());
        var rules = profile.RootElement.GetProperty("syscalls").EnumerateArray().ToList();
        Assert.All(rules, rule => Assert.Equal("SCMP_ACT_ALLOW", rule.GetProperty("action").GetString()));
        Assert.Equal(Running, Names(rules[0]));
        Assert.Equal(Starting, Names(rules[1]));
        Assert.Equal(AllowedCalls.Sockets.Select(call => call.Name), Names(rules[2]));
        Assert.Equal(1, rules[2].GetProperty("args")[0].GetProperty("value").GetInt32());
        Assert.Equal(3, rules.Count);
    }

    [Fact]
    public void The_unit_for_systemd_allows_these_calls_and_no_others()
    {
        const string Setting = "SystemCallFilter=";
        var listed = File.ReadLines(Repository.PathOf("silo-config", "systemd", "vaultgrid-enclave@.service"))
            .Where(line => line.StartsWith(Setting, StringComparison.Ordinal))
            .SelectMany(line => line[Setting.Length..].Split(' '));
        Assert.Equal([.. Running, .. Starting, .. AllowedCalls.Sockets.Select(call => call.Name)], listed);
    }

    private static IEnumerable<string> Names(JsonElement rule) => rule.GetProperty("names").EnumerateArray().Select(name => name.GetString()!);
}
