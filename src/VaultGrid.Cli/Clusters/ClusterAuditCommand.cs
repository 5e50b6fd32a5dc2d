using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Clusters;

/// <summary>Has clusters check and use every node's part of every key, waits, and names what works no more.</summary>
internal sealed class ClusterAuditCommand : LeafCommand
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(300);

    private readonly Argument<ClusterId?> _cluster = new("CLUSTER") { Description = "Number of the cluster", Arity = ArgumentArity.ZeroOrOne, CustomParser = Parse };
    private readonly Option<bool> _all = new("--all") { Description = "Every cluster of the grid" };
    private readonly Option<bool> _last = new("--last") { Description = "Show the last audit instead of making one" };

    public ClusterAuditCommand()
        : base("audit", "Check every key on every node, and every share of keys that several clusters hold", "vaultgrid cluster audit --all")
    {
        Arguments.Add(_cluster);
        foreach (var option in new Option[] { _all, _last }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var one = run.Get(_cluster);
        if (one is null != run.Get(_all)) throw CommandEndedException.Usage("give a cluster's number or --all");
        IReadOnlyList<ClusterId> clusters = one is { } cluster ? [cluster] : [.. (await run.Grid.GetGridAsync(run.Cancellation).OrEnd()).Clusters.Select(line => line.Cluster)];

        // With all of them, sessions of shared keys are run once, by the first of their clusters.
        if (!run.Get(_last))
            foreach (var each in clusters) _ = await run.Grid.StartKeyAuditAsync(each, new KeyAuditOrder(Everything: one is not null), run.Cancellation).OrEnd();

        var audits = new List<KeyAuditStatus>();
        foreach (var each in clusters) audits.Add(await EndAsync(run, each));
        return Show(audits);
    }

    private static async Task<KeyAuditStatus> EndAsync(Invocation run, ClusterId cluster)
    {
        for (var told = -1; ;)
        {
            var status = await run.Grid.GetKeyAuditAsync(cluster, run.Cancellation).OrEnd();
            if (status.Finished is not null) return status;
            if (status.Keys.Count != told) run.Screen.Progress($"cluster {cluster}: {(told = status.Keys.Count).ToString(CultureInfo.InvariantCulture)} keys audited");
            await Task.Delay(Poll, run.Time, run.Cancellation);
        }
    }

    private static Report Show(List<KeyAuditStatus> audits)
    {
        var isGood = audits.TrueForAll(audit => audit.Refusal is null && audit.Keys.All(key => key.Failures.Count == 0));
        var report = new Report(new JsonObject
        {
            ["good"] = isGood,
            ["audits"] = new JsonArray([.. audits.Select(audit => JsonSerializer.SerializeToNode(audit, VaultGridJson.Answers.KeyAuditStatus))]),
        })
        {
            Exit = isGood ? ExitCode.Done : ExitCode.Refused,
        };
        report.Table(["cluster", "key", "kind", "checks", "failed", "broken"], audits.SelectMany(audit => audit.Keys.Select(key => new[]
        {
            audit.Cluster.ToString(), key.KeyId.ToString(), key.Kind, key.Checks.ToString(CultureInfo.InvariantCulture), key.Failures.Count.ToString(CultureInfo.InvariantCulture),
            key.Broken.Count > 0 ? string.Join(", ", key.Broken) : key.Suspects.Count > 0 ? $"among {string.Join(", ", key.Suspects)}" : "-",
        })));
        foreach (var audit in audits)
        {
            report.Field($"cluster {audit.Cluster}", $"audited by {audit.By}, {UtcTime.Format(audit.Finished!.Value)}{(audit.Refusal is { } refusal ? $": ended early, {refusal.Detail}" : "")}");
            foreach (var failure in audit.Keys.SelectMany(key => key.Failures.Select(failure => (key.KeyId, failure))))
                report.Line($"{failure.KeyId}: {failure.failure.What} of {string.Join(", ", failure.failure.Nodes)}: {failure.failure.Refusal.Code}: {failure.failure.Refusal.Detail}");
        }

        return report;
    }

    private static ClusterId? Parse(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (result.Tokens.Count == 0) return null;
        if (ClusterId.TryParse(result.Tokens[0].Value, out var cluster)) return cluster;
        result.AddError($"'{result.Tokens[0].Value}' is not a cluster's number, such as 1");
        return null;
    }
}
