using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Keys;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Hsm;

/// <summary>Shared keys, signatures and ceremonies as JSON and for people.</summary>
internal static class HsmText
{
    public static JsonNode Json(SharedKeyStatus key) => JsonSerializer.SerializeToNode(key, VaultGridJson.Answers.SharedKeyStatus)!;

    public static Report Key(SharedKeyStatus key)
    {
        var report = new Report(Json(key))
            .Field("key", $"{key.KeyId} ({SchemeOption.NameOf(key.Kind)}), {key.State}")
            .Field("hash", key.Key)
            .Field("public key", Hex.Encode(key.PublicKey.Span))
            .Field("version", $"{key.Version.ToString(CultureInfo.InvariantCulture)} ({key.VersionHash})")
            .Field("shared by", $"({key.Holders.Count}, {key.Faulty}): any {key.Faulty + 1} use it")
            .Field("born", UtcTime.Format(key.Created));
        if (key.IsRefreshDue) report.Field("refresh", "due");
        report.Table(["share", "node", "state", "version"], key.Holders.Select(holder => new[]
        {
            holder.Share.ToString(CultureInfo.InvariantCulture), holder.Node.ToString(), holder.State, holder.Version.ToString(CultureInfo.InvariantCulture),
        }));
        return KeyPolicy.Parse(key.PolicyDocument.Span).Is(out var policy, out _) ? report.AddAll(PolicyText.Lines(policy)) : report;
    }

    public static Report Signature(MessageSignatureStatus signature)
    {
        var report = new Report(JsonSerializer.SerializeToNode(signature, VaultGridJson.Answers.MessageSignatureStatus)!)
            .Field("signature", Hex.Encode(signature.Signature.Span))
            .Field("algorithm", signature.Algorithm)
            .Field("public key", Hex.Encode(signature.PublicKey.Span))
            .Field("path", signature.KeyPath)
            .Field("signed by", string.Join(", ", signature.Signers));
        return Blamed(report, signature.Blamed);
    }

    public static Report Ceremony(CeremonyStatus ceremony)
    {
        var report = new Report(JsonSerializer.SerializeToNode(ceremony, VaultGridJson.Answers.CeremonyStatus)!) { Exit = ceremony.State == "failed" ? ExitCode.Refused : ExitCode.Done }
            .Field("ceremony", ceremony.Ceremony)
            .Field("kind", ceremony.Kind)
            .Field("state", $"{ceremony.State} after {ceremony.Milliseconds.ToString(CultureInfo.InvariantCulture)} ms")
            .Field("key", ceremony.Key)
            .Table(["node", "stage"], ceremony.Members.Select(member => new[] { member.Node.ToString(), member.Stage.Length == 0 ? "silent" : member.Stage }));
        if (ceremony.Refusal is { } refusal) report.Field("refusal", $"{refusal.Code}: {refusal.Detail}");
        return Blamed(report, ceremony.Blamed);
    }

    public static Report Blamed(Report report, IReadOnlyList<Blame> blamed)
    {
        foreach (var blame in blamed)
        {
            var by = blame.Proven ? "proven by its own messages" : blame.By.Count > 0 ? $"says {string.Join(", ", blame.By)}" : "the grid heard nothing better";
            report.Field("blamed", $"{blame.Node}: {blame.Why} ({by})");
        }

        return report;
    }
}
