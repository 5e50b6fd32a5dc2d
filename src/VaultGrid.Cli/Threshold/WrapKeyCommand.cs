using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Dealing;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Threshold;

/// <summary>Fetches a node's wrap key, to be carried to the dealer.</summary>
internal sealed class WrapKeyCommand : LeafCommand
{
    private readonly Argument<NodeId> _node = Inputs.NodeArgument();
    private readonly Option<KeyId> _key = new("--key")
    {
        Description = "Name that the key will have", HelpName = "KEY", Required = true,
        CustomParser = result => KeyId.TryParse(result.Tokens[0].Value, out var key) ? key : Wrong(result),
    };

    private readonly Option<string> _out = new("--out") { Description = "Where the wrap key goes", HelpName = "FILE", Required = true };

    public WrapKeyCommand()
        : base(
            "wrap-key",
            "Fetch a node's wrap key for a key that will be dealt; the same until the import",
            "vaultgrid threshold wrap-key 1/1 --key shared --out wrap-1.json")
    {
        Arguments.Add(_node);
        foreach (var option in new Option[] { _key, _out }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var path = OutputFiles.Check(run.Get(_out));
        var (node, key) = (run.Get(_node), run.Get(_key));
        var answer = await run.Grid.GetWrapKeyAsync(node, key, run.Cancellation).OrEnd();

        // A silo carried it. The dealer verifies the signature and the certificate; what is plainly another node's or key's is not even written.
        var said = new SignedStatement(answer.Statement, answer.Certificate, answer.Signature);
        var statement = WrapKeyStatement.Parse(said.Statement.Span).OrEnd("the node's wrap key");
        if (statement.Node != node || statement.KeyId != key)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.JoinMismatch, $"the answer is the wrap key of node {statement.Node} for '{statement.KeyId}'"));
        new OutputFiles().Add(path, WrapKeyFile.ToText(said)).Write();

        return new Report(new JsonObject
        {
            ["node"] = node.ToString(), ["key"] = key.ToString(), ["hash"] = statement.Hash().ToString(), ["made"] = UtcTime.Format(statement.Made), ["file"] = path,
        })
            .Line($"wrote {path}")
            .Field("node", node)
            .Field("for key", key)
            .Field("wrap key hash", statement.Hash())
            .Field("made", UtcTime.Format(statement.Made))
            .Line("next: carry it to the dealer's machine, 'vaultgrid threshold deal'");
    }

    private static KeyId Wrong(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"'{result.Tokens[0].Value}' is not a key's name: 1 to 64 of a-z, 0-9 and '-', starting with a letter");
        return default;
    }
}
