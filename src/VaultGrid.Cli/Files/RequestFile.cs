using VaultGrid.Client;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Files;

/// <summary>
/// A request as a file of its exact canonical bytes, and beside it the document that it names by hash, if it names one:
/// <c>request.json</c> and <c>request.document.json</c>.
/// </summary>
internal sealed record RequestFile(RequestDocument Request, byte[]? Document)
{
    private const int Limit = 2 * 1024 * 1024;
    private const string TrustBodyKind = "trust-body";

    public RequestSubmission ForGrid => new(Request.Utf8, Document is null ? default(ReadOnlyMemory<byte>?) : Document);

    /// <summary>Reads both; the document has to be the one that the request names.</summary>
    public static RequestFile Read(string path, string? documentPath = null)
    {
        var request = RequestDocument.Parse(InputFile.Bytes(path)).OrEnd(path);
        if (NamedDocument(request.Request) is not { } named) return new RequestFile(request, null);

        documentPath ??= DocumentPath(path, request.Request is DealKeyRequest or RestoreShareRequest);
        var document = Decode(request.Request, InputFile.Bytes(documentPath, Limit), documentPath);
        var hash = named.HashOf(document).OrEnd(documentPath);
        if (hash != named.Hash)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.RequestMalformed, $"{documentPath} is not the {named.What} that the request names ({named.Hash})"));
        return new RequestFile(request, document);
    }

    /// <summary>Where a request's document lies; a deal's package is not JSON.</summary>
    public static string DocumentPath(string path, bool isDeal = false) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path) + (isDeal ? ".document.bin" : ".document.json"));

    /// <summary>The document as people read one: that of a deal is shown by what its manifest and policy say; a backup is not text.</summary>
    public byte[]? Policy => (Document, Request.Request) switch
    {
        (null, _) or (_, RestoreShareRequest) => null,
        (_, DealKeyRequest deal) => DealPackage.ParseFor(deal, Document).OrEnd().FirstPolicy.ToArray(),
        _ => DocumentFileBytes(),
    };

    /// <summary>The document as its file holds it: text as it is, a Trust as a document's file (docs/domains.md).</summary>
    public byte[] DocumentFileBytes() => Request.Request is BootstrapTrustRequest ? DocumentFile.Write(TrustBodyKind, Document!) : Document!;

    /// <summary>What document a request names, and how the hash of one is computed.</summary>
    public static NamedDocument? NamedDocument(Request request) => request switch
    {
        CreateKeyRequest create => PolicyNamed(create.FirstPolicy),
        GenerateKeyRequest generate => PolicyNamed(generate.FirstPolicy),
        RestoreShareRequest restore => new NamedDocument(
            "backup with its opened pieces", restore.Backup, bytes => RestoreDocument.Parse(bytes).Then(document => ShareBackup.Parse(document.Backup.Statement.Span)).Then<Hash256>(backup => backup.Hash())),
        DealKeyRequest deal => new NamedDocument("deal's package", deal.Manifest, bytes => DealPackage.ParseFor(deal, bytes).Then<Hash256>(_ => deal.Manifest)),
        ChangePolicyRequest change => PolicyNamed(change.NextPolicy),
        ChangeAdminsRequest change => PolicyNamed(change.NextPolicy),
        ChangeMembershipRequest change => new NamedDocument("membership record", change.Membership, utf8 => MembershipRecord.Parse(utf8).Then<Hash256>(record => record.Hash())),
        BootstrapTrustRequest bootstrap => new NamedDocument("Trust", bootstrap.Trust, bytes => TrustBody.Parse(bytes, new CertificateCache()).Then<Hash256>(body => body.Hash)),
        SignRequest or RetireNodeRequest or RestoreNodeRequest or ClearAlarmsRequest or RefreshKeyRequest or ReshareKeyRequest or RepairShareRequest or DeleteKeyRequest => null,
        _ => throw new InvalidOperationException("An unlisted action."),
    };

    private static byte[] Decode(Request request, byte[] file, string path) =>
        request is BootstrapTrustRequest ? DocumentFile.Read(TrustBodyKind, file).OrEnd(path) : file;

    private static NamedDocument PolicyNamed(Hash256 hash) => new("policy", hash, utf8 => KeyPolicy.Parse(utf8).Then<Hash256>(policy => policy.Hash()));
}

/// <summary>A document that a request names by hash.</summary>
internal sealed record NamedDocument(string What, Hash256 Hash, Func<byte[], Outcome<Hash256>> HashOf);
