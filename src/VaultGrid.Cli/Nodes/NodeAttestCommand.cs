using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Nodes;

internal sealed class NodeAttestCommand : LeafCommand
{
    private readonly Argument<NodeId> _node = Inputs.NodeArgument();
    private readonly Option<string?> _authorities = new("--authorities") { Description = "CA bundle that the node's certificate is verified by (else --grid-authorities)", HelpName = "FILE" };
    private readonly Option<Hash256?> _measurement = Inputs.Hash("--measurement", "End with 1 where the enclave runs another program");
    private readonly Option<string?> _adapter = new("--adapter") { Description = "End with 1 where the enclave rests on something else", HelpName = "KIND" };

    public NodeAttestCommand()
        : base("attest", "Ask an enclave what it is: adapter, program, D key; signed with a fresh nonce, quoted by its TPM where it has one", "vaultgrid node attest 1/2 --adapter tpm")
    {
        Arguments.Add(_node);
        foreach (var option in new Option[] { _authorities, _measurement, _adapter }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var nonce = RandomNumberGenerator.GetBytes(32);
        var node = run.Get(_node);
        var bundle = run.Get(_authorities) ?? Grids.GridSettings.Of(run).Authorities
            ?? throw CommandEndedException.Usage("the CA bundle is not given", "give it by --authorities or --grid-authorities");
        var answer = await run.Grid.AttestNodeAsync(node, nonce, run.Cancellation).OrEnd();
        var certificate = RoleCertificate.Parse(answer.Certificate.Span).OrEnd();
        _ = ChainVerifier.Verify(certificate, CertificateRole.Device, CertificateFile.ReadTrusted(bundle, run.Now), run.Now).OrEnd();
        var said = Attestation.Parse(answer.Statement.Span).OrEnd();
        if (!certificate.Key.VerifiesStatement(answer.Statement.Span, answer.Signature.Span)) throw Wrong("the signature of the D key is not over it");
        if (certificate.Identity.Node != node || said.Node != node || said.DeviceKey != new Hash256(certificate.Key.SpkiHash.Span)) throw Wrong("it is of another node");
        if (!CryptographicOperations.FixedTimeEquals(said.Nonce.Span, nonce)) throw Wrong("it answers another nonce");
        if (said.Quote is { } quote && TpmQuoteCheck.Fault(quote, said.Quoted()) is { } fault) throw Wrong($"its TPM quote is wrong: {fault}");
        if (run.Get(_adapter) is { } adapter && adapter != said.Adapter) throw Wrong($"it rests on '{said.Adapter}'");
        if (run.Get(_measurement) is { } measurement && measurement != said.Measurement) throw Wrong($"it runs a program with the measurement {said.Measurement}");
        return Told(said);
    }

    private static Report Told(Attestation said) => new Report(new JsonObject
    {
        ["node"] = said.Node.ToString(),
        ["adapter"] = said.Adapter,
        ["software"] = said.Software,
        ["measurement"] = said.Measurement.ToString(),
        ["deviceKey"] = said.DeviceKey.ToString(),
        ["time"] = UtcTime.Format(said.Time),
        ["quote"] = said.Quote is { } quote ? new JsonObject { ["key"] = Hash256.Sha256(quote.Key.Span).ToString(), ["pcrs"] = TpmQuoteCheck.PcrDigest(quote) } : null,
    })
        .Line($"node {said.Node} says, and signed, that it")
        .Field("rests on", said.Adapter)
        .Field("runs", $"{said.Software}, measurement {said.Measurement}")
        .Field("has the D key", said.DeviceKey)
        .Field("TPM quote by", said.Quote is { } signed ? Hash256.Sha256(signed.Key.Span) : "none: it is the enclave's own word")
        .Field("PCR digest", said.Quote is { } quoted ? TpmQuoteCheck.PcrDigest(quoted) : "-");

    private static CommandEndedException Wrong(string why) => CommandEndedException.Refused(new Refusal(RefusalCode.NodeUnattested, $"what the node says of itself does not hold: {why}"));
}
