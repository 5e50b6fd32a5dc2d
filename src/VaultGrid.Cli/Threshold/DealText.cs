using System.Globalization;
using System.Text.Json.Nodes;
using VaultGrid.Crypto.Ethereum;
using VaultGrid.Dealing;

namespace VaultGrid.Cli.Threshold;

/// <summary>What a manifest says, as JSON and for people.</summary>
internal static class DealText
{
    public static JsonObject Json(ManifestCheck check) => new()
    {
        ["keyId"] = check.Manifest.KeyId.ToString(),
        ["clusters"] = new JsonArray([.. check.Statement.Table.Clusters.Select(cluster => (JsonNode)cluster.ToString(CultureInfo.InvariantCulture))]),
        ["threshold"] = check.Statement.Table.Threshold,
        ["shares"] = check.Statement.Table.ShareCount,
        ["modulusBits"] = check.Statement.Modulus.Length * 8,
        ["publicKey"] = Hex.Encode(check.Statement.PublicKey.Compressed),
        ["address"] = EthereumAddress.Of(check.Statement.PublicKey).ToString(),
        ["xpub"] = check.Statement.ExtendedPublicKey.ToString(),
        ["recipients"] = new JsonArray([.. check.Recipients.Select(recipient => (JsonNode)new JsonObject
        {
            ["node"] = recipient.Node.ToString(), ["wrapKeyShown"] = recipient.Shown,
        })]),
    };

    public static IEnumerable<Report.Part> Lines(ManifestCheck check) =>
    [
        new Report.Part.Field("signed by", $"{check.Statement.Table.Threshold} of clusters {string.Join(", ", check.Statement.Table.Clusters)}"),
        new Report.Part.Field("shares", $"{check.Statement.Table.ShareCount}, P of {check.Statement.Modulus.Length * 8} bits{(check.IsShort ? ", too short: no enclave takes it" : "")}"),
        new Report.Part.Field("public key", check.Statement.PublicKey.ToString()),
        new Report.Part.Field("address", EthereumAddress.Of(check.Statement.PublicKey).ToString()),
    ];
}
