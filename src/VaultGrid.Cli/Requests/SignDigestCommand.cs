using System.CommandLine;

namespace VaultGrid.Cli.Requests;

internal sealed class SignDigestCommand : SignRequestCommand
{
    private readonly Option<Hash256?> _digest;

    public SignDigestCommand()
        : this(Inputs.Hash("--digest", "The digest, 32 bytes"))
    {
    }

    private SignDigestCommand(Option<Hash256?> digest)
        : base(
            "sign-digest",
            "Write a request to sign a raw digest; the key's policy has to allow that",
            "vaultgrid request new sign-digest --cluster 1 --key treasury --path \"m/44'/60'/0'/0/0\" --digest 0x4f1c… --purpose 'message to a partner' --out request.json",
            digest)
    {
        _digest = digest;
        _digest.Required = true;
    }

    protected override SigningSubject Subject(Invocation run) => new SigningSubject.Digest(run.Get(_digest)!.Value);
}
