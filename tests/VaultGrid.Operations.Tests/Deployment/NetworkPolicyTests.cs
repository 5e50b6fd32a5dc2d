using System.Text.Json.Nodes;

namespace VaultGrid.Operations.Tests.Deployment;

/// <summary>Who may reach whom: callers relays, relays the silos' gateway, silos each other; nobody else anything.</summary>
public sealed class NetworkPolicyTests
{
    private const int Rest = 8443, SiloPort = 11111, Gateway = 30000, Metrics = 9464, Database = 5432, Collector = 4318, Names = 53;

    [Theory]
    [InlineData("development")]
    [InlineData("production")]
    public async Task Every_namespace_denies_everything_that_it_does_not_allow(string overlay)
    {
        var objects = await Manifests.OverlayAsync(overlay);
        foreach (var name in objects.Where(item => ManifestTests.Kind(item) == "Namespace").Select(item => (string)item["metadata"]!["name"]!))
        {
            Assert.Contains(objects, item => ManifestTests.Kind(item) == "NetworkPolicy" && ManifestTests.Namespace(item) == name
                && item["spec"]!["podSelector"]!.AsObject().Count == 0
                && item["spec"]!["policyTypes"]!.AsArray().Count == 2
                && item["spec"]!["ingress"] is null && item["spec"]!["egress"] is null);
        }
    }

    [Theory]
    [InlineData("development")]
    [InlineData("production")]
    public async Task What_is_allowed_follows_the_trust_boundary(string overlay)
    {
        var policies = (await Manifests.OverlayAsync(overlay)).Where(item => ManifestTests.Kind(item) == "NetworkPolicy").ToList();
        var silos = policies.Where(item => (string?)item["metadata"]!["name"] == "silos").ToList();
        var relays = policies.Where(item => (string?)item["metadata"]!["name"] == "relay").ToList();
        Assert.Equal(policies.Count, silos.Count + relays.Count + policies.Count(item => (string?)item["metadata"]!["name"] == "nothing"));

        (string, int)[] intoSilos = [("silo", SiloPort), ("silo", Gateway), ("relay", Gateway), ("monitoring", Metrics)];
        (string, int)[] outOfSilos = [("silo", SiloPort), ("silo", Gateway), ("database", Database), ("monitoring", Collector), ("names", Names), ("names", Names)];
        (string, int)[] intoRelays = [("anybody", Rest), ("monitoring", Metrics)];
        (string, int)[] outOfRelays = [("silo", Gateway), ("database", Database), ("monitoring", Collector), ("names", Names), ("names", Names)];
        Assert.All(silos, policy => Assert.Equal(intoSilos.Order(), Allowed(policy, "ingress", "from").Order()));
        Assert.All(silos, policy => Assert.Equal(outOfSilos.Order(), Allowed(policy, "egress", "to").Order()));
        Assert.All(relays, policy => Assert.Equal(intoRelays.Order(), Allowed(policy, "ingress", "from").Order()));
        Assert.All(relays, policy => Assert.Equal(outOfRelays.Order(), Allowed(policy, "egress", "to").Order()));
    }

    private static IEnumerable<(string, int)> Allowed(JsonNode policy, string direction, string peers) =>
        from rule in policy["spec"]![direction]!.AsArray()
        let who = rule![peers] is { } named ? Who(Assert.Single(named.AsArray())!) : "anybody"
        from port in rule["ports"]!.AsArray()
        select (who, (int)port!["port"]!);

    // A peer in the grid is named by its namespace's part and its pods' own; one of the two alone would let more in.
    private static string Who(JsonNode peer)
    {
        var place = peer["namespaceSelector"]!["matchLabels"]!;
        var pods = (string?)peer["podSelector"]?["matchLabels"]?["vaultgrid.io/part"];
        return ((string?)place["vaultgrid.io/part"], pods) switch
        {
            ("silos", "silo") => "silo",
            ("relays", "relay") => "relay",
            ("database", null) => "database",
            ("monitoring", null) => "monitoring",
            (null, null) when (string?)place["kubernetes.io/metadata.name"] == "kube-system" => "names",
            var other => throw new InvalidDataException($"a peer {other}"),
        };
    }
}
