using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Client;

namespace VaultGrid.Cli.Domains;

internal sealed class DomainSignCommand : LeafCommand
{
    private const int MessageLimit = 16 * 1024 * 1024;

    private readonly Argument<string> _domain = new("DOMAIN") { Description = DomainInput.Description };
    private readonly Argument<string> _message = new("FILE") { Description = "What is signed ('-': standard input)" };
    private readonly Option<string?> _out = new("--out") { Description = "Where the signature goes, in binary", HelpName = "FILE" };

    public DomainSignCommand(string example)
        : base("sign", "Sign a file with a key-pair Domain: ed25519 the file, all others its SHA-256", example)
    {
        Arguments.Add(_domain);
        Arguments.Add(_message);
        Options.Add(_out);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (run.Get(_out) is { } path) _ = OutputFiles.Check(path);
        var message = InputFile.Bytes(run.Get(_message), MessageLimit);
        var domain = await DomainInput.ReadAsync(run, run.Get(_domain));
        var kind = domain.Keys.Current.Kind;
        if (kind == MasterKeyKind.Ed25519 && message.Length > DomainParameters.MessageLimit)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.InputTooLarge, $"ed25519 signs the message itself: at most {DomainParameters.MessageLimit} bytes"));
        var answer = await run.Domains.SignAsync(domain, 0, DomainInput.Digest(kind, message), run.Cancellation).OrEnd();
        var signature = answer.Result ?? default;
        var master = domain.Keys.Master(answer.Master).OrEnd();
        if (!DomainSignatures.Verify(master, message, signature.Span))
            throw CommandEndedException.Refused(new Refusal(RefusalCode.EnclaveFault, "the grid's answer is not a signature of this file by this Domain"));

        if (run.Get(_out) is { } target) new OutputFiles().Add(target, signature.Span).Write();
        var json = new JsonObject
        {
            ["domain"] = domain.Keys.Id.ToString(), ["kind"] = MasterKeyKinds.Name(kind), ["version"] = answer.Master, ["node"] = answer.Node.ToString(), ["signature"] = Hex.Encode(signature.Span),
        };
        return new Report(json).Field("signature", Hex.Encode(signature.Span)).Field("key", $"{MasterKeyKinds.Name(kind)} version {answer.Master}").Field("signed by", $"node {answer.Node}");
    }
}
