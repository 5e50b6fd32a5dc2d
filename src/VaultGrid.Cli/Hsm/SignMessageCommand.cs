using System.CommandLine;
using VaultGrid.Cli.Requests;

namespace VaultGrid.Cli.Hsm;

/// <summary>Writes the request to sign a message, for keys and callers whose use the policy leaves to approvals.</summary>
internal sealed class SignMessageCommand : LeafCommand
{
    private readonly SharedKeyInput _key = new();
    private readonly MessageInput _message = new();
    private readonly Option<DerivationPath?> _path = Inputs.Path("Path of the account that signs [default: m, the key itself]");
    private readonly Option<string?> _tweak = TweakOption.Option();
    private readonly RequestOptions _request = new();

    public SignMessageCommand()
        : base(
            "sign-message",
            "Write a request that a key of several nodes signs a message; the quorum of the key's policy approves it",
            "vaultgrid request new sign-message vault --message-hex 0x00 --tweak key --purpose 'withdrawal 17' --out request.json")
    {
        Arguments.Add(_key.Key);
        foreach (var option in new Option[] { _key.Scheme }.Concat(_message.All).Concat([_path, _tweak]).Concat(_request.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var message = _message.Read(run);
        var (key, _) = await _key.VerifyAsync(run);
        var subject = MessageInput.Subject(key, message, run.Get(_tweak));
        var terms = await _request.ReadAsync(run);
        var request = new SignRequest
        {
            Id = terms.Id,
            Cluster = key.Cluster,
            Clusters = key.Clusters,
            Policy = key.Policy.Hash(),
            Revocations = terms.Revocations,
            Expires = terms.Expires,
            Purpose = terms.Purpose,
            Key = key.Key,
            Path = run.Get(_path) ?? DerivationPath.Master,
            Subject = subject,
        };

        // The holders decide; this only spares administrators a request that can't succeed.
        if (key.Policy.CheckUse(request).Refusal is { } refusal) run.Screen.Progress($"note: {refusal.Detail}; enclaves will refuse this request");
        return _request.Write(run, request, document: null);
    }
}
