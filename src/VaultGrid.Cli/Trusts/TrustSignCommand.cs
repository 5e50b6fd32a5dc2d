using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Ceremony.Trusts;
using VaultGrid.Cli.Approvals;
using VaultGrid.Cli.Files;
using VaultGrid.Client;

namespace VaultGrid.Cli.Trusts;

/// <summary>Signs a Trust as an operator, after every HSM and operator in it was verified here and shown.</summary>
internal sealed class TrustSignCommand : LeafCommand
{
    private readonly TrustInput _trust = new();
    private readonly OperatorKey _operator = new();
    private readonly Option<string?> _out = new("--out") { Description = "Where the Trust with your signature goes", HelpName = "FILE" };
    private readonly Option<bool> _submit = new("--submit") { Description = "Add your signature to the Trust that the grid keeps" };
    private readonly Option<bool> _yes = new("--yes") { Description = "Don't ask: for scripts" };

    public TrustSignCommand()
        : base(
            "sign",
            "Sign a Trust as an operator, after what it says was verified and shown",
            "vaultgrid trust sign trust.json --operator-cert operator-1.pem --operator-key operator-1.key --out trust-signed.json\n"
            + "with openssl alone, HASH being 'trust show --json' without 0x (a PIV token: add -provider pkcs11 or -engine pkcs11):\n"
            + "  { printf 'VaultGrid/v1/trust\\0'; printf HASH | xxd -r -p; } | openssl dgst -sha256 -sign operator-1.key -out operator-1.sig\n"
            + "  vaultgrid trust sign trust.json --operator-cert operator-1.pem --signature operator-1.sig --out trust-signed.json")
    {
        Arguments.Add(_trust.Argument);
        foreach (var option in new Option[] { _trust.After, _trust.Authorities }.Concat(_operator.All).Concat([_out, _submit, _yes])) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (run.Get(_out) is null && !run.Get(_submit)) throw CommandEndedException.Usage("give --out FILE or --submit");
        _operator.Check(run);
        if (run.Get(_out) is { } path) _ = OutputFiles.Check(path);

        var trust = await _trust.ReadAsync(run);
        if (trust.Seal is not null) throw CommandEndedException.Refused(new Refusal(RefusalCode.StateConflict, "an HSM has sealed this Trust: it takes no more signatures"));
        var before = (await _trust.PredecessorAsync(run, trust.Body))?.Body;
        _ = TrustReview.Check(trust.Body, before, _trust.Trusted(run), run.Now).OrEnd("don't sign this Trust");
        Confirmation.Ask(run, TrustText.Report(trust, before), run.Get(_yes), $"sign as {_operator.Identity(run)}?");

        var signature = await _operator.SignAsync(run, trust.Body);
        var signed = trust.With(signature).OrEnd();
        var json = new JsonObject
        {
            ["trust"] = trust.Hash.ToString(),
            ["operator"] = signature.Signatory.Identity,
            ["signature"] = Hex.Encode(signature.Bytes.Span),
        };
        var report = new Report(json).Line($"{signature.Signatory} signed Trust {trust.Hash}");
        if (run.Get(_out) is { } target)
        {
            new OutputFiles().Add(target, TrustFile.ToFile(TrustFile.TrustKind, signed.ToBytes())).Write();
            json["file"] = target;
            report.Field("written to", target);
        }

        if (!run.Get(_submit)) return report;
        var status = await run.Trusts.SignTrustAsync(trust.Hash, new TrustSignature(signature.Certificate.Der, signature.Bytes), run.Cancellation).OrEnd();
        json["status"] = TrustStatusText.Json(status);
        return report.Field("the grid's has", $"{status.Signers.Count} signatures; {status.Quorum} of its operators are needed");
    }
}
