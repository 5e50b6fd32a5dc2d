using System.CommandLine;
using VaultGrid.Cli.Requests;

namespace VaultGrid.Cli.Keys;

/// <summary>Writes the request for a new key and, beside it, the key's first policy.</summary>
internal sealed class CreateKeyCommand : LeafCommand
{
    private readonly Argument<KeyId> _key = Inputs.KeyArgument();
    private readonly Option<ClusterId> _cluster = Inputs.Cluster();
    private readonly Option<uint> _node = new("--node") { Description = "Number of the node that makes it", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _quorum = PolicyInputs.Quorum();
    private readonly Option<string[]> _keyAdmins = PolicyInputs.Admins();
    private readonly Option<string[]> _algorithms = PolicyInputs.Algorithms();
    private readonly Option<string[]> _paths = PolicyInputs.Paths();
    private readonly Option<string?> _admins = AdminsInForce.Option();
    private readonly RequestOptions _request = new();

    public CreateKeyCommand(string name, string example)
        : base(name, "Write the request for a new cluster key and its first policy", example)
    {
        Arguments.Add(_key);
        foreach (var option in new Option[] { _cluster, _node, _quorum, _keyAdmins, _algorithms, _paths, _admins }.Concat(_request.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var cluster = run.Get(_cluster);
        if (run.Get(_node) == 0) throw CommandEndedException.Usage("--node is a node's number, from 1");
        var policy = PolicyInputs.Checked(new KeyPolicy
        {
            KeyId = run.Get(_key),
            Number = 1,
            Predecessor = null,
            Quorum = run.Get(_quorum),
            Admins = PolicyInputs.ReadAdmins(run.Get(_keyAdmins)),
            Algorithms = PolicyInputs.ReadAlgorithms(run.Get(_algorithms)),
            Paths = PolicyInputs.ReadPaths(run.Get(_paths)),
        });
        var terms = await _request.ReadAsync(run);
        var request = new CreateKeyRequest
        {
            Id = terms.Id,
            Cluster = cluster,
            Policy = await AdminsInForce.HashAsync(run, _admins, cluster),
            Revocations = terms.Revocations,
            Expires = terms.Expires,
            Purpose = terms.Purpose,
            KeyId = policy.KeyId,
            Kind = KeyKind.Bip32,
            Node = run.Get(_node),
            FirstPolicy = policy.Hash(),
        };
        return _request.Write(run, request, policy.ToUtf8());
    }
}
