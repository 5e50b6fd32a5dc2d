using System.CommandLine;
using VaultGrid.Cli.Requests;

namespace VaultGrid.Cli.Keys;

internal sealed class KeyAuditCommand : LeafCommand
{
    private readonly Argument<KeyId> _key = Inputs.KeyArgument();
    private readonly Option<ClusterId> _cluster = Inputs.Cluster();
    private readonly Option<uint?> _node = new("--node") { Description = "Number of the node that is to sign (else any)", HelpName = "N" };
    private readonly Option<string> _message = new("--message") { Description = "At most 8 bytes, 0x hex", HelpName = "0x…", Required = true };

    public KeyAuditCommand()
        : base("audit", "Have a key sign at most 8 bytes under its audit tag: shows that a node holds the key, and can be nothing else", "vaultgrid key audit treasury --cluster 1 --node 2 --message 0x0102030405060708")
    {
        Arguments.Add(_key);
        foreach (var option in new Option[] { _cluster, _node, _message }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (!Hex.TryDecode(run.Get(_message), out var message)) throw CommandEndedException.Usage("--message is not lower-case hex with 0x before it");
        var answer = await run.Grid.AuditSignAsync(run.Get(_cluster), run.Get(_key), run.Get(_node), message, run.Cancellation).OrEnd();
        return SignatureText.Report(answer);
    }
}
