using System.CommandLine;
using VaultGrid.Cli.Files;
using VaultGrid.Cli.Requests;
using VaultGrid.Dealing;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Cli.Threshold;

/// <summary>Checks what a dealer published before its hash is approved: proofs, shares, and with wrap keys fetched anew the recipients.</summary>
internal sealed class VerifyManifestCommand : LeafCommand
{
    private readonly RequestFileInput _input = new();
    private readonly WrapKeyInputs _wrapKeys = new();
    private readonly Option<string?> _authorities = new("--authorities") { Description = "CA bundle by which the wrap keys are verified", HelpName = "FILE" };

    public VerifyManifestCommand()
        : base(
            "verify-manifest",
            "Check a dealer's manifest: every proof, and to whom the parts are sealed",
            "vaultgrid threshold verify-manifest deal.json --wrap-key wrap-1.json --wrap-key wrap-2.json --authorities authorities.pem")
    {
        Arguments.Add(_input.File);
        foreach (var option in new Option[] { _input.Document, _wrapKeys.Files, _authorities }) Options.Add(option);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var file = _input.Read(run);
        if (file.Request.Request is not DealKeyRequest request)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.RequestAction, $"{run.Get(_input.File)} is not the request of a dealt key"));
        var package = DealPackage.ParseFor(request, file.Document).OrEnd();
        IReadOnlyList<VerifiedWrapKey> shown = run.Get(_wrapKeys.Files).Length == 0
            ? []
            : _wrapKeys.Read(run, request.KeyId, CertificateFile.ReadTrusted(run.Need(_authorities, "wrap keys are verified by it"), run.Now));
        var check = ManifestCheck.Check(package.Manifest.Span, shown).OrEnd();
        if (check.IsShort)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.InputUnsupported, $"P has a modulus of {check.Statement.Modulus.Length * 8} bits, for tests: no enclave takes it"));
        if (!ClusterSet.Of(check.Statement.Table.Clusters).Equals(request.Clusters))
            throw CommandEndedException.Refused(new Refusal(RefusalCode.InputMalformed, "the manifest is for other clusters than the request"));

        var json = DealText.Json(check);
        var report = new Report(json).Line("every proof of the manifest holds").Field("manifest", request.Manifest).AddAll(DealText.Lines(check));
        foreach (var (node, known) in check.Recipients)
            report.Field($"part of cluster {node.Cluster}", known ? $"sealed to node {node}, whose wrap key was shown" : $"sealed to node {node}; fetch its wrap key to check that");
        return Task.FromResult(report);
    }
}
