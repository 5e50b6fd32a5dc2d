using System.CommandLine;
using VaultGrid.Cli.Files;
using VaultGrid.Cli.Requests;

namespace VaultGrid.Cli.Clusters;

internal sealed class ChangeMembershipCommand : LeafCommand
{
    private readonly Option<ClusterId> _cluster = Inputs.Cluster();
    private readonly MembershipOptions _membership = new();
    private readonly Option<string?> _predecessor = new("--predecessor") { Description = "The membership record in force (else number and hash are asked of the grid)", HelpName = "FILE" };
    private readonly RequestOptions _request = new();
    private readonly Option<string?> _admins = AdminsInForce.Option();

    public ChangeMembershipCommand()
        : base(
            "change-membership",
            "Write the request that sets which nodes a cluster has",
            "vaultgrid request new change-membership --cluster 1 --nodes 1,2,4 --purpose 'node 4 replaces node 3' --out members.json")
    {
        foreach (var option in _membership.All.Prepend(_cluster).Append(_predecessor).Append(_admins).Concat(_request.All)) Options.Add(option);
    }

    public static async Task<Report> WriteAsync(Invocation run, RequestOptions options, Option<string?> admins, MembershipRecord record)
    {
        var terms = await options.ReadAsync(run);
        var request = new ChangeMembershipRequest
        {
            Id = terms.Id,
            Cluster = record.Cluster,
            Policy = await AdminsInForce.HashAsync(run, admins, record.Cluster),
            Revocations = terms.Revocations,
            Expires = terms.Expires,
            Purpose = terms.Purpose,
            Membership = record.Hash(),
            Replaces = record.Predecessor,
        };
        return options.Write(run, request, record.ToUtf8());
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var cluster = run.Get(_cluster);
        var (number, predecessor) = await InForceAsync(run, cluster);
        return await WriteAsync(run, _request, _admins, _membership.Next(run, cluster, number + 1, predecessor));
    }

    private async Task<(ulong Number, Hash256? Hash)> InForceAsync(Invocation run, ClusterId cluster)
    {
        if (run.Get(_predecessor) is { } path)
        {
            var record = MembershipRecord.Parse(InputFile.Bytes(path)).OrEnd(path);
            return record.Cluster == cluster
                ? (record.Number, record.Hash())
                : throw CommandEndedException.Refused(new Refusal(RefusalCode.RequestCluster, $"{path} is a record of cluster {record.Cluster}"));
        }

        var status = await run.Grid.GetClusterAsync(cluster, run.Cancellation).OrEnd();
        return (status.MembershipNumber, status.Membership);
    }
}
