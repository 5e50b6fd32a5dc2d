using System.Globalization;
using System.Text.Json.Nodes;

namespace VaultGrid.Cli.Keys;

/// <summary>A policy as JSON and for people.</summary>
internal static class PolicyText
{
    public static JsonObject Json(KeyPolicy policy) => JsonNode.Parse(policy.ToUtf8())!.AsObject();

    public static IReadOnlyList<Report.Part> Lines(KeyPolicy policy)
    {
        var lines = new List<Report.Part>
        {
            new Report.Part.Field("policy of", $"{policy.KeyId}, number {policy.Number.ToString(CultureInfo.InvariantCulture)}"),
            new Report.Part.Field("policy hash", policy.Hash().ToString()),
            new Report.Part.Field("approvals", $"{policy.Quorum} of {policy.Admins.Length}"),
        };
        lines.AddRange(policy.Admins.Select(admin => new Report.Part.Field("admin", admin.ToString())));
        if (policy.KeyId == KeyId.Provisioning) return lines;
        lines.Add(new Report.Part.Field("may sign", policy.Algorithms.IsEmpty ? "nothing" : string.Join(", ", policy.Algorithms.Select(algorithm => algorithm.Name()))));
        lines.Add(new Report.Part.Field("at paths", policy.Paths.IsEmpty ? "none" : string.Join(", ", policy.Paths)));
        lines.AddRange(policy.Permissions.Select(permission => new Report.Part.Field("without approvals", permission.ToString())));
        if (policy.Refresh is { } refresh) lines.Add(new Report.Part.Field("refreshed every", refresh.ToString("c", CultureInfo.InvariantCulture)));
        if (policy.Algorithms.Contains(SigningAlgorithm.EcdsaSecp256k1))
            lines.Add(new Report.Part.Field("warning", "raw digests are allowed: nobody can see what such a signature does"));
        return lines;
    }
}
