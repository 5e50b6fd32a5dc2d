using System.CommandLine;
using VaultGrid.Cli.Requests;

namespace VaultGrid.Cli.Keys;

/// <summary>Writes the request to replace a key's policy and, beside it, the next policy. The quorum in force approves it.</summary>
internal sealed class ChangePolicyCommand : LeafCommand
{
    private readonly Argument<KeyId> _key = Inputs.KeyArgument();
    private readonly Option<ClusterId> _cluster = Inputs.Cluster();
    private readonly Option<int> _quorum = PolicyInputs.Quorum();
    private readonly Option<string[]> _keyAdmins = PolicyInputs.Admins();
    private readonly Option<string[]> _algorithms = PolicyInputs.Algorithms();
    private readonly Option<string[]> _paths = PolicyInputs.Paths();
    private readonly KeyInForce _inForce = new();
    private readonly RequestOptions _request = new();

    public ChangePolicyCommand(string name, string example)
        : base(name, "Write the request to replace a key's policy", example)
    {
        Arguments.Add(_key);
        foreach (var option in new Option[] { _cluster, _quorum, _keyAdmins, _algorithms, _paths }.Concat(_inForce.All).Concat(_request.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (cluster, keyId) = (run.Get(_cluster), run.Get(_key));
        var (key, inForce, clusters) = await _inForce.ReadAsync(run, cluster, keyId);
        var next = PolicyInputs.Checked(new KeyPolicy
        {
            KeyId = keyId,
            Number = inForce.Number + 1,
            Predecessor = inForce.Hash(),
            Quorum = run.Get(_quorum),
            Admins = PolicyInputs.ReadAdmins(run.Get(_keyAdmins)),
            Algorithms = PolicyInputs.ReadAlgorithms(run.Get(_algorithms)),
            Paths = PolicyInputs.ReadPaths(run.Get(_paths)),
        });
        _ = next.CheckFollows(inForce).OrEnd();
        var terms = await _request.ReadAsync(run);
        var request = new ChangePolicyRequest
        {
            Id = terms.Id,
            Cluster = clusters?.All[0] ?? cluster,
            Clusters = clusters,
            Policy = inForce.Hash(),
            Revocations = terms.Revocations,
            Expires = terms.Expires,
            Purpose = terms.Purpose,
            Key = key,
            NextPolicy = next.Hash(),
            Replaces = inForce.Hash(),
        };
        return _request.Write(run, request, next.ToUtf8());
    }
}
