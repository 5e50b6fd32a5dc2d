using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Keys;

/// <summary>Keys as JSON and for people.</summary>
internal static class KeyText
{
    public static JsonNode Json(KeyStatus status) => JsonSerializer.SerializeToNode(status, VaultGridJson.Answers.KeyStatus)!;

    /// <summary>All keys of a cluster, page after page.</summary>
    public static async Task<IReadOnlyList<KeyStatus>> AllAsync(Invocation run, ClusterId cluster)
    {
        var keys = new List<KeyStatus>();
        for (string? after = null; ;)
        {
            var page = await run.Grid.ListKeysAsync(cluster, new PageQuery { After = after, Limit = PageQuery.LimitMax }, run.Cancellation).OrEnd();
            keys.AddRange(page.Items);
            if (page.Next is null) return keys;
            after = page.Next;
        }
    }

    public static Report Report(IReadOnlyList<KeyStatus> keys) =>
        new Report(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(Json)]) })
            .Table(["key", "kind", "hash", "held by", "signatures"], keys.Select(key => new[]
            {
                key.KeyId.ToString(), key.Kind, key.Key.ToString(), string.Join(" ", key.Holders), key.Signatures.ToString(CultureInfo.InvariantCulture),
            }));

    private static IEnumerable<Report.Part> Together(KeyStatus key) => key.Threshold is not { } shared
        ? []
        : [
            new Report.Part.Field("signed by", $"{shared.Needed.ToString(CultureInfo.InvariantCulture)} of clusters {string.Join(", ", shared.Clusters)} together"),
            new Report.Part.Field("public key", Hex.Encode(shared.PublicKey.Span)),
            new Report.Part.Field("chain code", Hex.Encode(shared.ChainCode.Span)),
            new Report.Part.Field("shares", $"version {shared.ShareVersion.ToString(CultureInfo.InvariantCulture)}, manifest {shared.Manifest}"),
        ];

    public static Report Report(KeyStatus key)
    {
        var report = new Report(Json(key))
            .Field("key", $"{key.KeyId} ({key.Kind}) in cluster {key.Cluster}")
            .Field("hash", key.Key)
            .Field("fingerprint", key.Fingerprint)
            .Field("held by", string.Join(", ", key.Holders))
            .AddAll(Together(key))
            .Field("born", UtcTime.Format(key.Created))
            .Field("signatures", key.Signatures);
        return KeyPolicy.Parse(key.PolicyDocument.Span).Is(out var policy, out var refusal)
            ? report.AddAll(PolicyText.Lines(policy))
            : report.Field("policy", $"can't be read: {refusal.Detail}");
    }
}
