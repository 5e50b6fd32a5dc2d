using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Trusts;

/// <summary>What the grid says of Trusts: where they stand, never what they are.</summary>
internal static class TrustStatusText
{
    public static JsonNode Json(TrustStatus status) => JsonSerializer.SerializeToNode(status with { Document = null }, VaultGridJson.Answers.TrustStatus)!;

    public static Report Report(TrustStatus status) => new Report(Json(status))
        .Field("trust", status.Trust)
        .Field("chain", $"{status.Chain}, number {status.Number}")
        .Field("state", status.State)
        .Field("signed by", status.Signers.Count == 0 ? "nobody" : string.Join(", ", status.Signers))
        .Field("sealed by", status.SealedBy is { } node ? $"{node} at {UtcTime.Format(status.Sealed ?? default)}" : null);
}
