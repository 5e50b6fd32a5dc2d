using System.CommandLine;
using VaultGrid.Cli.Requests;

namespace VaultGrid.Cli.Clusters;

/// <summary>A cluster comes to be with its first membership record, approved like every other.</summary>
internal sealed class ClusterCreateCommand : LeafCommand
{
    private readonly Argument<ClusterId> _cluster = Inputs.ClusterArgument();
    private readonly MembershipOptions _membership = new();
    private readonly RequestOptions _request = new();
    private readonly Option<string?> _admins = AdminsInForce.Option();

    public ClusterCreateCommand()
        : base(
            "create",
            "Write the request that gives a cluster its first members",
            "vaultgrid cluster create 1 --nodes 1,2,3 --admins admins.json --authorities authorities.pem --purpose 'first members' --out members.json")
    {
        Arguments.Add(_cluster);
        foreach (var option in _membership.All.Append(_admins).Concat(_request.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var cluster = run.Get(_cluster);
        var record = _membership.Next(run, cluster, number: 1, predecessor: null);
        return await ChangeMembershipCommand.WriteAsync(run, _request, _admins, record);
    }
}
