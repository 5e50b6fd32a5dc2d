using System.CommandLine;
using VaultGrid.Cli.Requests;
using VaultGrid.Client;

namespace VaultGrid.Cli.Hsm;

/// <summary>Writes a request about a shared key; what it replaces is asked of the grid.</summary>
internal abstract class SharedKeyRequestCommand : LeafCommand
{
    private readonly SharedKeyInput _key = new();
    private readonly Option<string?> _admins = AdminsInForce.Option();
    private readonly RequestOptions _request = new();

    protected SharedKeyRequestCommand(string name, string description, string example, params IEnumerable<Option> options)
        : base(name, description, example)
    {
        Arguments.Add(_key.Key);
        foreach (var option in new Option[] { _key.Scheme }.Concat(options).Concat([_admins]).Concat(_request.All)) Options.Add(option);
    }

    /// <summary>The request.</summary>
    /// <param name="run">The run.</param>
    /// <param name="key">The key.</param>
    /// <param name="terms">What all requests have.</param>
    /// <param name="admins">The hash of the administrators' policy in force.</param>
    protected abstract Task<Request> MakeAsync(Invocation run, SharedKeyStatus key, RequestTerms terms, Hash256 admins);

    protected static IEnumerable<ClusterId> ClustersOf(SharedKeyStatus key) => key.Holders.Select(holder => holder.Node.Cluster);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var key = await _key.ReadAsync(run);
        var terms = await _request.ReadAsync(run);
        var admins = await AdminsInForce.HashAsync(run, _admins, key.Holders[0].Node.Cluster);
        return _request.Write(run, await MakeAsync(run, key, terms, admins), document: null);
    }
}
