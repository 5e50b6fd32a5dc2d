using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Hsm;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Requests;

/// <summary>Where a filed request stands, as JSON and for people.</summary>
internal static class StatusText
{
    public static JsonNode Json(RequestStatus status) => JsonSerializer.SerializeToNode(status, VaultGridJson.Answers.RequestStatus)!;

    public static Report Report(RequestStatus status)
    {
        var report = new Report(Json(status))
            .Field("request", status.RequestId)
            .Field("hash", status.Hash)
            .Field("action", $"{status.Action} in {(status.Clusters is { } together ? $"clusters {string.Join(", ", together)}" : $"cluster {status.Cluster}")}")
            .Field("state", status.State)
            .Field("filed", $"{UtcTime.Format(status.Filed)} by {status.Caller}")
            .Field("expires", UtcTime.Format(status.Expires))
            .Field("approvals", status.Approvals == 0 ? "none" : $"{status.Approvals.ToString(CultureInfo.InvariantCulture)} ({string.Join(", ", status.Approvers)})");
        if (status.Node is { } node) report.Field("done by", $"node {node}");
        foreach (var part in status.Parts ?? [])
            report.Field($"cluster {part.Cluster}", part.Node is { } doer ? $"done by node {doer}" : $"{part.Refusal?.Code}: {part.Refusal?.Detail}");
        if (status.Session is { } session && status.Signature is null) report.Field("session", session);
        if (status.Key is { } key) report.Field("key", key);
        if (status.Signature is { } signature) report.AddAll(SignatureText.Lines(SignatureText.Verified(signature)));
        if (status.Ceremony is { } ceremony) report.Field("ceremony", ceremony);
        if (status.Message is { } message) report.AddAll(HsmText.Signature(Verified(status, message)).Parts);
        if (status.Refusal is { } refusal) report.Field("last refusal", $"{refusal.Code}: {refusal.Detail}");
        return report;
    }

    // The request that was filed says what was to be signed; a status without it shows what can be checked later.
    private static MessageSignatureStatus Verified(RequestStatus status, MessageSignatureStatus message)
    {
        if (status.Request is not { IsEmpty: false } bytes) return message;
        var document = RequestDocument.Parse(bytes.Span).OrEnd();
        return document.Hash == status.Hash && document.Request is SignRequest sign
            ? MessageMatches.CheckAlone(sign, message)
            : throw CommandEndedException.Refused(new Refusal(RefusalCode.EnclaveFault, "the grid's answer tells of another request than the one that was signed"));
    }
}
