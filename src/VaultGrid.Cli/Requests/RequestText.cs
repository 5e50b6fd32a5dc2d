using System.Globalization;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Cli.Keys;
using VaultGrid.Cli.Threshold;
using VaultGrid.Crypto.Ethereum;
using VaultGrid.Dealing;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Requests;

/// <summary>
/// What a request asks, computed here from its own bytes and never from what a silo or the requester says of it. The requester's words
/// stand last and are marked as such.
/// </summary>
internal static class RequestText
{
    public static JsonObject Json(RequestFile file, DateTimeOffset now)
    {
        var json = new JsonObject
        {
            ["hash"] = file.Request.Hash.ToString(),
            ["request"] = JsonNode.Parse(file.Request.Utf8.Span),
            ["expired"] = now > file.Request.Request.Expires,
            ["summary"] = new JsonArray([.. Subject(file).Select(line => (JsonNode)new JsonObject { ["label"] = line.Label, ["value"] = line.Value })]),
        };
        if (file.Policy is { } document) json["document"] = JsonNode.Parse(document);
        if (Manifest(file) is { } manifest) json["manifest"] = DealText.Json(manifest);
        return json;
    }

    public static IReadOnlyList<Report.Part> Lines(RequestFile file, DateTimeOffset now)
    {
        var request = file.Request.Request;
        var lines = new List<Report.Part>
        {
            new Report.Part.Field("request", request.Id.ToString()),
            new Report.Part.Field("hash", file.Request.Hash.ToString()),
            new Report.Part.Field("action", $"{request.Action} in {(request.Clusters is { } clusters ? $"clusters {clusters}" : $"cluster {request.Cluster}")}"),
        };
        lines.AddRange(Subject(file).Select(line => new Report.Part.Field(line.Label, line.Value)));
        lines.Add(new Report.Part.Field("approved under", $"policy {request.Policy}, revocation list {request.Revocations.ToString(CultureInfo.InvariantCulture)}"));
        lines.Add(new Report.Part.Field(now > request.Expires ? "EXPIRED" : "expires", UtcTime.Format(request.Expires)));
        lines.Add(new Report.Part.Field("requester's words", $"\"{request.Purpose}\" (nobody checked them)"));
        return lines;
    }

    private static List<Report.Part.Field> Subject(RequestFile file)
    {
        var lines = new List<Report.Part.Field>();
        void Add(string label, object? value) => lines.Add(new Report.Part.Field(label, value?.ToString() ?? "none"));

        switch (file.Request.Request)
        {
            case SignRequest sign:
                Add("key", sign.Key);
                Add("path", sign.Path);
                Add("algorithm", sign.Algorithm.Name());
                AddSubject(sign.Subject, Add);
                break;
            case CreateKeyRequest create:
                Add("new key", $"{create.KeyId} ({create.Kind.Name()}), made by node {create.Cluster}/{create.Node}");
                AddPolicy(file.Document, lines);
                break;
            case DealKeyRequest deal:
                Add("new key", $"{deal.KeyId} ({deal.Kind.Name()}), dealt to clusters {deal.Clusters}");
                Add("manifest", deal.Manifest);
                lines.AddRange(DealText.Lines(Manifest(file)!).Cast<Report.Part.Field>());
                AddPolicy(file.Policy, lines);
                break;
            case ChangePolicyRequest change:
                Add("key", change.Key);
                Add("replaces policy", change.Replaces);
                AddPolicy(file.Document, lines);
                break;
            case ChangeAdminsRequest change:
                Add("replaces admins", change.Replaces);
                AddPolicy(file.Document, lines);
                break;
            case ChangeMembershipRequest change:
                Add("replaces record", change.Replaces);
                AddMembership(file.Document, Add);
                break;
            case RetireNodeRequest retire:
                Add("node", $"{retire.Cluster}/{retire.Node}");
                Add("its D key", retire.Replaces);
                Add("warning", "the node destroys its keys for good");
                break;
            case RestoreNodeRequest restore:
                Add("node", $"{restore.Cluster}/{restore.Node}");
                Add("goes on with state", restore.Replaces);
                Add("warning", "the node found its store rolled back: approve only if you know why");
                break;
            case BootstrapTrustRequest bootstrap:
                Add("trust", bootstrap.Trust);
                Add("ends bootstrap", bootstrap.Replaces);
                AddTrust(file.Document, Add);
                break;
            default:
                throw new InvalidOperationException("An unlisted action.");
        }

        return lines;
    }

    private static ManifestCheck? Manifest(RequestFile file) => file.Request.Request is DealKeyRequest deal
        ? ManifestCheck.Check(DealPackage.ParseFor(deal, file.Document).OrEnd().Manifest.Span, []).OrEnd("the manifest")
        : null;

    private static void AddTrust(byte[]? document, Action<string, object?> add)
    {
        var trust = TrustBody.Parse(document!, new CertificateCache()).OrEnd();
        foreach (var hsm in trust.Hsms) add("hsm", $"{hsm.Certificate.Identity} (D key {hsm.Signatory.Key})");
        foreach (var certificate in trust.Operators) add("operator", $"{certificate.Identity} ({Signatory.Of(certificate).Key})");
        if (!trust.IsBootstrap) add("quorum", $"{trust.Quorum} of {trust.Operators.Length}");
    }

    private static void AddSubject(SigningSubject subject, Action<string, object?> add)
    {
        if (subject is SigningSubject.Digest digest)
        {
            add("digest", digest.Value);
            add("warning", "a raw digest: nobody can see what its signature does");
            return;
        }

        var unsigned = ((SigningSubject.EthereumTransaction)subject).Unsigned;
        if (!EthereumTransaction.DecodeUnsigned(unsigned.Span).Is(out var transaction, out var refusal))
        {
            add("warning", $"the transaction can't be decoded and enclaves will refuse it: {refusal.Detail}");
            return;
        }

        foreach (var line in TransactionSummary.Of(transaction).Lines) add(line.Label, line.Value);
    }

    private static void AddPolicy(byte[]? document, List<Report.Part.Field> lines) =>
        lines.AddRange(PolicyText.Lines(KeyPolicy.Parse(document!).OrEnd()).Cast<Report.Part.Field>());

    private static void AddMembership(byte[]? document, Action<string, object?> add)
    {
        var record = MembershipRecord.Parse(document!).OrEnd();
        add("record", record.Number.ToString(CultureInfo.InvariantCulture));
        add("members", string.Join(", ", record.Nodes.Select(node => $"{record.Cluster}/{node}")));
        add("witnesses", $"w = {record.WriteWitnesses}, r = {record.ReadWitnesses}");
    }
}
