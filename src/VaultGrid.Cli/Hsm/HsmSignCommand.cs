using System.CommandLine;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Hsm;

/// <summary>Has a message signed by a call of one's own.</summary>
internal sealed class HsmSignCommand : LeafCommand
{
    private readonly SharedKeyInput _key = new();
    private readonly MessageInput _message = new();
    private readonly Option<DerivationPath?> _path = Inputs.Path("Path of the account that signs [default: m, the key itself]");
    private readonly Option<string?> _tweak = TweakOption.Option();
    private readonly Option<string?> _out = new("--out") { Description = "Where the signature goes, as bare bytes", HelpName = "FILE" };

    public HsmSignCommand()
        : base("sign", "Have a message signed, where the key's policy permits your certificate", "vaultgrid hsm sign vault --scheme taproot --message-hex 0x00… --tweak key")
    {
        Arguments.Add(_key.Key);
        foreach (var option in new Option[] { _key.Scheme }.Concat(_message.All).Concat([_path, _tweak, _out])) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var message = _message.Read(run);
        if (run.Get(_out) is { } path) _ = OutputFiles.Check(path);
        var (key, caller) = await _key.VerifyAsync(run);
        var subject = MessageInput.Subject(key, message, run.Get(_tweak));
        var signed = await caller.SignAsync(key, new SignParameters(subject, run.Get(_path) ?? DerivationPath.Master), run.Cancellation).OrEnd();
        if (run.Get(_out) is { } file) new OutputFiles().Add(file, signed.Signature.Span).Write();
        return HsmText.Signature(signed);
    }
}
