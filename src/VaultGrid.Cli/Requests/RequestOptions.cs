using System.CommandLine;
using System.Security.Cryptography;
using VaultGrid.Cli.Files;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Requests;

/// <summary>Options of every command that writes a request. What they don't say is asked of the grid; with all of them no grid is needed.</summary>
internal sealed class RequestOptions
{
    public Option<string> Out { get; } = new("--out") { Description = "Where the request goes; a document that it names goes beside it", HelpName = "FILE", Required = true };

    public Option<string> Purpose { get; } = new("--purpose") { Description = "What it is for, in your words", HelpName = "TEXT", Required = true };

    public Option<TimeSpan?> Expires { get; } = Inputs.Span("--expires", "How long it may be used, at most 7d [default: 24h]");

    public Option<string?> Authorities { get; } = new("--authorities")
    {
        Description = "CA bundle whose Admin CA list number goes into the request (else the grid's)", HelpName = "FILE",
    };

    public IEnumerable<Option> All => [Out, Purpose, Expires, Authorities];

    /// <summary>What all actions have in common.</summary>
    public async Task<RequestTerms> ReadAsync(Invocation run)
    {
        _ = OutputFiles.Check(run.Get(Out));
        var life = run.Get(Expires) ?? TimeSpan.FromHours(24);
        if (life > Request.LongestLife) throw CommandEndedException.Usage($"--expires is at most {Request.LongestLife.Days}d");
        var purpose = run.Get(Purpose);
        if (purpose.Length > Request.PurposeLimit || !Model.Json.PlainText.IsPlain(purpose))
            throw CommandEndedException.Usage($"--purpose is one line of at most {Request.PurposeLimit} plain characters");

        return new RequestTerms(
            RequestId.At(run.Now, RandomNumberGenerator.GetBytes(16)), await RevocationsAsync(run), run.Now + life, purpose);
    }

    /// <summary>Writes the request and its document, and shows both as an approver will see them.</summary>
    public Report Write(Invocation run, Request request, byte[]? document)
    {
        var file = new RequestFile(RequestDocument.Of(request), document);
        var path = run.Get(Out);
        var files = new OutputFiles().Add(path, file.Request.Utf8.Span);
        var documentPath = RequestFile.DocumentPath(path, request is DealKeyRequest or RestoreShareRequest);
        if (document is not null) files.Add(documentPath, file.DocumentFileBytes());
        files.Write();

        var json = RequestText.Json(file, run.Now);
        json["file"] = path;
        if (document is not null) json["documentFile"] = documentPath;
        var report = new Report(json).Line(document is null ? $"wrote {path}" : $"wrote {path} and {documentPath}").AddAll(RequestText.Lines(file, run.Now));
        return report;
    }

    private async Task<ulong> RevocationsAsync(Invocation run)
    {
        var trusted = run.Get(Authorities) is { } path
            ? CertificateFile.ReadTrusted(path, run.Now)
            : await FromGridAsync(run);
        return trusted.ListNumber(CertificateRole.AdminCa, null, run.Now)
            ?? throw CommandEndedException.Refused(new Refusal(RefusalCode.RevocationsMissing, "the bundle has no revocation list of an Admin CA in force"));
    }

    private static async Task<TrustedAuthorities> FromGridAsync(Invocation run)
    {
        if (!run.HasGrid) throw CommandEndedException.Usage("neither --authorities nor --grid is given", "a request names the Admin CA's revocation list by number; give the CA bundle that has it");
        var file = await run.Grid.GetAuthoritiesAsync(run.Cancellation).OrEnd();
        return AuthorityBundle.ParsePem(file.Pem).Then(bundle => CertificateFile.Trust(bundle, run.Now)).OrEnd("the grid's CA bundle");
    }
}

/// <summary>What requests for all actions have in common.</summary>
internal sealed record RequestTerms(RequestId Id, ulong Revocations, DateTimeOffset Expires, string Purpose);
