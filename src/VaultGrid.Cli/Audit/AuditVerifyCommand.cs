using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Audit;

internal sealed class AuditVerifyCommand : LeafCommand
{
    private readonly Argument<ClusterId?> _cluster = new("CLUSTER")
    {
        Description = "Number of the cluster (else --export)",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => result.Tokens.Count == 1 && ClusterId.TryParse(result.Tokens[0].Value, out var id) ? id : null,
    };

    private readonly Option<string?> _export = new("--export") { Description = "Verify an exported log instead", HelpName = "FILE" };
    private readonly Option<string?> _authorities = new("--authorities") { Description = "CA bundle that the nodes' certificates are verified by (else --grid-authorities)", HelpName = "FILE" };

    public AuditVerifyCommand()
        : base("verify", "Verify a merged audit log: chains, signatures, Merkle root, checkpoints, and the ends that enclaves sign", "vaultgrid audit verify 1 --authorities authorities.pem")
    {
        Arguments.Add(_cluster);
        foreach (var option in new Option[] { _export, _authorities }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (cluster, export) = (run.Get(_cluster), run.Get(_export));
        if ((cluster is null) == (export is null)) throw CommandEndedException.Usage("give a cluster's number, or --export FILE");
        var bundle = run.Get(_authorities) ?? Grids.GridSettings.Of(run).Authorities
            ?? throw CommandEndedException.Usage("the CA bundle is not given", "give it by --authorities or --grid-authorities");
        var trusted = CertificateFile.ReadTrusted(bundle, run.Now);
        var source = export is not null ? AuditFile.Read(export) : await AuditSource.AskAsync(run, cluster!.Value);
        return await VerifyAsync(source, trusted);
    }

    private static async Task<Report> VerifyAsync(AuditSource source, TrustedAuthorities trusted)
    {
        var verifier = new AuditLogVerifier();
        foreach (var chain in source.Log.Chains)
        {
            // As of its issue: what a node signed while its certificate counted stays signed.
            var certificate = RoleCertificate.Parse(chain.Certificate.Span).OrEnd($"node {chain.Node}");
            _ = ChainVerifier.VerifyAsOf(certificate, CertificateRole.Device, trusted, certificate.NotBefore).OrEnd($"node {chain.Node}");
            _ = verifier.Add(certificate).OrEnd();
        }

        foreach (var end in source.Ends) _ = verifier.Expect(end.Chain, end.Statement.Span, end.Signature.Span, end.Nonce.Span).OrEnd();
        await foreach (var entry in source.Entries)
            _ = verifier.Take(entry.Position, entry.Chain, entry.ToEntry().ToBytes(), (entry.Signature ?? default).Span).OrEnd();
        _ = verifier.End(source.Log.Size, source.Log.Root).OrEnd();
        return Told(source, verifier);
    }

    private static Report Told(AuditSource source, AuditLogVerifier verifier)
    {
        var found = source.Log.Chains.Where(chain => chain.Finding is not null).Select(chain => $"node {chain.Node}: {chain.Finding}").ToList();
        var open = source.Log.Chains.Where(chain => source.Ends.All(end => end.Chain != chain.Chain)).Select(chain => chain.Node.ToString()).ToList();
        var report = new Report(new JsonObject
        {
            ["valid"] = found.Count == 0,
            ["entries"] = verifier.Size,
            ["root"] = verifier.Root.ToString(),
            ["checkpoints"] = verifier.Checkpoints,
            ["unconfirmed"] = new JsonArray([.. open.Select(node => (JsonNode)node)]),
            ["findings"] = new JsonArray([.. found.Select(finding => (JsonNode)finding)]),
        })
        {
            Exit = found.Count == 0 ? ExitCode.Done : ExitCode.Refused,
        };
        report.Line(found.Count == 0 ? $"{verifier.Size} entries verified" : $"{verifier.Size} entries verified, but the grid could not follow every enclave:")
            .Field("root", verifier.Root)
            .Field("checkpoints that enclaves noted", verifier.Checkpoints);
        foreach (var finding in found) report.Line(finding);
        if (open.Count > 0) report.Line($"ends that no enclave confirmed now: {string.Join(", ", open)}");
        return report;
    }
}
