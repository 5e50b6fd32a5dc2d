using System.CommandLine;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Requests;

/// <summary>The administrators' policy in force, which approves everything but what a key's own policy approves.</summary>
internal static class AdminsInForce
{
    public static Option<string?> Option() => new("--admins") { Description = "The administrators' policy in force (else its hash is asked of the grid)", HelpName = "FILE" };

    public static async Task<Hash256> HashAsync(Invocation run, Option<string?> option, ClusterId cluster)
    {
        if (run.Get(option) is { } path) return Read(path).Hash();
        if (!run.HasGrid) throw CommandEndedException.Usage("neither --admins nor --grid is given", "a request names the policy under which it is approved");

        var status = await run.Grid.GetClusterAsync(cluster, run.Cancellation).OrEnd();
        var known = status.Nodes.Select(node => node.Admins).OfType<Hash256>().Distinct().ToList();
        return known switch
        {
            [var one] => one,
            [] => throw CommandEndedException.Refused(new Refusal(RefusalCode.PhaseRefused, $"no node of cluster {cluster} is provisioned")),
            _ => throw CommandEndedException.Refused(new Refusal(RefusalCode.StateConflict, $"the nodes of cluster {cluster} have different administrators' policies in force; give --admins")),
        };
    }

    public static KeyPolicy Read(string path)
    {
        var policy = KeyPolicy.Parse(InputFile.Bytes(path)).OrEnd(path);
        return policy.KeyId == KeyId.Provisioning
            ? policy
            : throw CommandEndedException.Refused(new Refusal(RefusalCode.PolicyMalformed, $"{path} is the policy of '{policy.KeyId}', not of the administrators"));
    }
}
