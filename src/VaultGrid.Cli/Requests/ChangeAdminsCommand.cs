using System.CommandLine;
using VaultGrid.Cli.Keys;

namespace VaultGrid.Cli.Requests;

/// <summary>Writes the request to replace the administrators that nodes pinned at provisioning and, beside it, their next policy.</summary>
internal sealed class ChangeAdminsCommand : LeafCommand
{
    private readonly Option<ClusterId> _cluster = Inputs.Cluster();
    private readonly Option<string> _inForce = new("--admins") { Description = "The administrators' policy in force", HelpName = "FILE", Required = true };
    private readonly Option<int> _quorum = PolicyInputs.Quorum();
    private readonly Option<string[]> _next = PolicyInputs.Admins();
    private readonly RequestOptions _request = new();

    public ChangeAdminsCommand()
        : base(
            "change-admins",
            "Write the request to replace the administrators of a cluster's nodes",
            "vaultgrid request new change-admins --cluster 1 --admins admins.json --quorum 2 --admin admin-1.pem --admin admin-4.pem --purpose 'admin 2 left' --out admins-2.json")
    {
        foreach (var option in new Option[] { _cluster, _inForce, _quorum, _next }.Concat(_request.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var inForce = AdminsInForce.Read(run.Get(_inForce));
        var next = PolicyInputs.Checked(new KeyPolicy
        {
            KeyId = KeyId.Provisioning,
            Number = inForce.Number + 1,
            Predecessor = inForce.Hash(),
            Quorum = run.Get(_quorum),
            Admins = PolicyInputs.ReadAdmins(run.Get(_next)),
            Algorithms = [],
            Paths = [],
        });
        var terms = await _request.ReadAsync(run);
        var request = new ChangeAdminsRequest
        {
            Id = terms.Id,
            Cluster = run.Get(_cluster),
            Policy = inForce.Hash(),
            Revocations = terms.Revocations,
            Expires = terms.Expires,
            Purpose = terms.Purpose,
            NextPolicy = next.Hash(),
            Replaces = inForce.Hash(),
        };
        return _request.Write(run, request, next.ToUtf8());
    }
}
