using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace VaultGrid.Operations.Tests.Telemetry;

/// <summary>What Prometheus fetches, and the dashboard that shows it.</summary>
[Collection(WatchedGrid.Name)]
public sealed partial class MetricsTests(WatchedGrid watched)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_metric_that_the_dashboard_names_exists()
    {
        var there = Names(await FetchAsync());
        using var dashboard = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.PathOf("silo-config", "grafana", "vaultgrid.json"), Token));
        var expressions = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("expr").GetString()!)).ToList();
        var named = expressions.SelectMany(expression => Metric().Matches(expression).Select(match => match.Value)).ToHashSet(StringComparer.Ordinal);
        Assert.True(named.Count >= 18, $"the dashboard names only {string.Join(", ", named)}");
        Assert.Empty(named.Except(there));
    }

    [Fact]
    public async Task Signatures_refusals_synchronisation_queues_and_states_are_counted()
    {
        var text = await FetchAsync();
        AssertCounted(text, "vaultgrid_signatures_total", "cluster=\"1\"");
        AssertCounted(text, "vaultgrid_relay_refusals_total", "code=\"approval.quorum\"");
        AssertCounted(text, "vaultgrid_enclave_refusals_total", "call=\"Perform\"", "code=\"approval.quorum\"");
        AssertCounted(text, "vaultgrid_cluster_synchronisation_duration_seconds_count", "cluster=\"1\"");
        AssertCounted(text, "vaultgrid_enclave_state", "node=\"1/1\"", "phase=\"member\"", "adapter=\"software\"");
        AssertCounted(text, "vaultgrid_enclave_store_version", "node=\"1/1\"");
        AssertCounted(text, "vaultgrid_enclave_revocations_remaining_seconds", "node=\"1/1\"");
        Assert.Contains("vaultgrid_enclave_calls_underway{node=\"1/1\"}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histograms_count_up_to_their_last_bucket()
    {
        var lines = (await FetchAsync()).Split('\n').Where(line => line.StartsWith("vaultgrid_enclave_call_duration_seconds", StringComparison.Ordinal) && line.Contains("call=\"Status\"", StringComparison.Ordinal)).ToList();
        var buckets = lines.Where(line => line.Contains("_bucket", StringComparison.Ordinal)).Select(Value).ToList();
        Assert.Equal(buckets.Order(), buckets);
        Assert.Contains("le=\"+Inf\"", lines.Last(line => line.Contains("_bucket", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(buckets[^1], Value(lines.Single(line => line.Contains("_count", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_metrics_port_answers_nothing_else()
    {
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(watched.Metrics, "/v1/grid"), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync(watched.Metrics, null, Token)).StatusCode);
    }

    // The labels come in the exporter's order, and there may be more of them.
    private static void AssertCounted(string text, string metric, params string[] labels) => Assert.Contains(
        text.Split('\n'),
        line => line.StartsWith(metric + "{", StringComparison.Ordinal) && labels.All(label => line.Contains(label, StringComparison.Ordinal)) && Value(line) > 0);

    private static double Value(string line) => double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);

    private static HashSet<string> Names(string text) =>
        [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('{', ' ')[0])];

    [GeneratedRegex("(vaultgrid|http|dotnet|kestrel)_[a-z_]+")]
    private static partial Regex Metric();

    private async Task<string> FetchAsync()
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(watched.Metrics, Token);
    }
}
