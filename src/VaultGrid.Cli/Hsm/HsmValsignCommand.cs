using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Hsm;

/// <summary>Checks a signature on this machine alone.</summary>
internal sealed class HsmValsignCommand : LeafCommand
{
    private readonly Option<string?> _scheme = SchemeOption.Option(required: true);
    private readonly Option<string> _publicKey = new("--public-key") { Description = "The public key, as 0x hex", HelpName = "0x…", Required = true };
    private readonly Option<string?> _signature = new("--signature") { Description = "The signature, as 0x hex", HelpName = "0x…" };
    private readonly Option<string?> _signatureFile = new("--signature-file") { Description = "The signature, a file of bare bytes", HelpName = "FILE" };
    private readonly MessageInput _message = new();

    public HsmValsignCommand()
        : base("valsign", "Check a signature, without a grid", "vaultgrid hsm valsign --scheme ed25519 --public-key 0x… --message hello --signature 0x…")
    {
        foreach (var option in new Option[] { _scheme, _publicKey, _signature, _signatureFile }.Concat(_message.All)) Options.Add(option);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var kind = SchemeOption.Read(run.Get(_scheme))!.Value;
        if (kind.Algorithm() is not { } algorithm) throw CommandEndedException.Usage("a symmetric key signs nothing");
        if (!Hex.TryDecode(run.Get(_publicKey), out var publicKey)) throw CommandEndedException.Usage("--public-key is 0x and lower-case hex digits");
        var signature = (run.Get(_signature), run.Get(_signatureFile)) switch
        {
            ({ } hex, null) => Hex.TryDecode(hex, out var bytes) ? bytes : throw CommandEndedException.Usage("--signature is 0x and lower-case hex digits"),
            (null, { } file) => InputFile.Bytes(file),
            _ => throw CommandEndedException.Usage("give the signature once: --signature or --signature-file"),
        };
        var valid = MessageSignatures.Verify(algorithm, publicKey, _message.Read(run), signature);
        return Task.FromResult(new Report(new JsonObject { ["valid"] = valid, ["algorithm"] = algorithm.Name() }) { Exit = valid ? ExitCode.Done : ExitCode.Refused }
            .Line(valid ? "valid: this key signed this message" : "not valid: this key did not sign this message"));
    }
}
