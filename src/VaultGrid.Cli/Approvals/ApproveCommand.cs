using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Ceremony.Approvals;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Cli.Files;
using VaultGrid.Cli.Requests;

namespace VaultGrid.Cli.Approvals;

/// <summary>
/// Approves a request on an administrator's own device, or takes in an approval that was made with OpenSSL alone. The administrator sees
/// what the request asks as decoded here, and confirms it.
/// </summary>
internal sealed class ApproveCommand : LeafCommand
{
    private readonly RequestFileInput _input = new();
    private readonly Option<string?> _adminCertificate = new("--admin-cert") { Description = "Your administrator's certificate", HelpName = "FILE" };
    private readonly Option<string?> _adminKey = new("--admin-key") { Description = "Its private key", HelpName = "FILE" };
    private readonly Option<string?> _adminPassphrase = new("--admin-passphrase-file") { Description = "File with that key's passphrase (else asked for)", HelpName = "FILE" };
    private readonly Option<string?> _signature = new("--signature") { Description = "A signature made with openssl, instead of a key", HelpName = "FILE" };
    private readonly Option<string?> _certificate = new("--cert") { Description = "The certificate of who made --signature", HelpName = "FILE" };
    private readonly Option<string?> _out = new("--out") { Description = "Where the approval goes", HelpName = "FILE" };
    private readonly Option<bool> _submit = new("--submit") { Description = "Add the approval to the filed request" };
    private readonly Option<bool> _yes = new("--yes") { Description = "Don't ask: for scripts" };

    public ApproveCommand()
        : base(
            "approve",
            "Approve a request after showing what it asks",
            "vaultgrid approve request.json --admin-cert admin-1.pem --admin-key admin-1.key --out admin-1.approval\n"
            + "with openssl alone (RSA: add -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32):\n"
            + "  { printf 'VaultGrid/v1/approve\\0'; openssl dgst -sha256 -binary request.json; } \\\n"
            + "    | openssl dgst -sha256 -sign admin-1.key -out admin-1.sig\n"
            + "  vaultgrid approve request.json --signature admin-1.sig --cert admin-1.pem --out admin-1.approval")
    {
        Arguments.Add(_input.File);
        foreach (var option in new Option[] { _input.Document, _adminCertificate, _adminKey, _adminPassphrase, _signature, _certificate, _out, _submit, _yes }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (run.Get(_out) is null && !run.Get(_submit)) throw CommandEndedException.Usage("give --out FILE or --submit");
        if (run.Get(_out) is { } path) _ = OutputFiles.Check(path);
        var file = _input.Read(run);
        _ = file.Request.CheckTime(run.Now).OrEnd(run.Get(_input.File));

        var approval = run.Get(_signature) is not null ? TakeIn(run, file.Request) : Make(run, file);
        var identity = ApprovalFile.CertificateOf(approval).Identity;
        if (run.Get(_out) is { } target) new OutputFiles().Add(target, ApprovalFile.ToText(approval)).Write();

        var json = new JsonObject { ["request"] = file.Request.Request.Id.ToString(), ["hash"] = file.Request.Hash.ToString(), ["approver"] = identity.Uri };
        var report = new Report(json).Line($"{identity} approved request {file.Request.Request.Id}").Field("hash", file.Request.Hash);
        json["approval"] = ApprovalFile.ToJson(approval);
        if (run.Get(_out) is { } written)
        {
            json["file"] = written;
            report.Field("approval", written);
        }

        if (!run.Get(_submit)) return report;
        var status = await run.Grid.ApproveAsync(file.Request.Request.Id, ApprovalFile.ForGrid(approval), run.Cancellation).OrEnd();
        json["status"] = StatusText.Json(status);
        return report.Field("the request has", $"{status.Approvals} approvals");
    }

    private Approval Make(Invocation run, RequestFile file)
    {
        var certificatePath = run.Need(_adminCertificate, "it says who approves");
        var keyPath = run.Need(_adminKey, "it signs the approval");
        var certificate = CertificateFile.Read(certificatePath);
        Confirmation.Ask(run, new Report(new JsonObject()).AddAll(RequestText.Lines(file, run.Now)), run.Get(_yes), $"approve as {certificate.Identity}?");

        using var passphrase = PassphraseSource.Read(run.Get(_adminPassphrase), keyPath);
        using var key = SigningKeyFile.Read(keyPath, passphrase).OrEnd();
        return Approver.Approve(file.Request, certificate, key).OrEnd();
    }

    private Approval TakeIn(Invocation run, RequestDocument request)
    {
        var certificate = CertificateFile.Read(run.Need(_certificate, "it says who made the signature"));
        if (certificate.Role != Model.Certificates.CertificateRole.Admin)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.CertificateRole, $"{certificate.Identity} is no administrator"));
        var signature = InputFile.Bytes(run.Get(_signature)!, Approval.SignatureLimit);
        return certificate.Key.VerifiesStatement(ApprovalStatement.For(request.Hash), signature)
            ? new Approval(certificate.Der, signature)
            : throw CommandEndedException.Refused(new Refusal(RefusalCode.ApprovalInvalid, $"the signature is not one of {certificate.Identity} over this request"));
    }
}
