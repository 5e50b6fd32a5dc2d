using System.CommandLine;
using VaultGrid.Cli.Keys;

namespace VaultGrid.Cli.Requests;

/// <summary>Writes a request for one signature.</summary>
internal abstract class SignRequestCommand : LeafCommand
{
    private readonly Option<ClusterId> _cluster = Inputs.Cluster();
    private readonly Option<string> _key = new("--key") { Description = "Name of the key", HelpName = "KEY", Required = true };
    private readonly Option<DerivationPath?> _path = Inputs.Path("Path of the account that signs, such as m/44'/60'/0'/0/0");
    private readonly KeyInForce _inForce = new();
    private readonly RequestOptions _request = new();

    protected SignRequestCommand(string name, string description, string example, params IEnumerable<Option> options)
        : base(name, description, example)
    {
        _path.Required = true;
        foreach (var option in new Option[] { _cluster, _key, _path }.Concat(options).Concat(_inForce.All).Concat(_request.All)) Options.Add(option);
    }

    protected abstract SigningSubject Subject(Invocation run);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var cluster = run.Get(_cluster);
        if (!KeyId.TryParse(run.Get(_key), out var keyId)) throw CommandEndedException.Usage($"'{run.Get(_key)}' is not a key's name");
        var subject = Subject(run);
        var (key, policy, clusters) = await _inForce.ReadAsync(run, cluster, keyId);
        var terms = await _request.ReadAsync(run);
        var request = new SignRequest
        {
            Id = terms.Id,
            Cluster = clusters?.All[0] ?? cluster,
            Clusters = clusters,
            Policy = policy.Hash(),
            Revocations = terms.Revocations,
            Expires = terms.Expires,
            Purpose = terms.Purpose,
            Key = key,
            Path = run.Get(_path)!,
            Subject = subject,
        };

        // The enclave decides; this only spares administrators a request that can't succeed.
        if (policy.CheckUse(request).Refusal is { } refusal) run.Screen.Progress($"note: {refusal.Detail}; enclaves will refuse this request");
        return _request.Write(run, request, document: null);
    }
}
