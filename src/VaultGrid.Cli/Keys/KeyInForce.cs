using System.CommandLine;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Keys;

/// <summary>The hash of a key's birth record and its policy in force: from options, which need no grid, or asked of the grid.</summary>
internal sealed class KeyInForce
{
    private readonly Option<Hash256?> _hash = Inputs.Hash("--key-hash", "Hash of the key's birth record (else asked of the grid)");
    private readonly Option<string?> _policy = new("--policy") { Description = "The key's policy in force (else asked of the grid)", HelpName = "FILE" };

    private readonly Option<string?> _clusters = new("--clusters")
    {
        Description = "The clusters that hold the key, such as 1,2,3, where several do (else asked of the grid)", HelpName = "LIST",
    };

    public IEnumerable<Option> All => [_hash, _policy, _clusters];

    public async Task<KeyTerms> ReadAsync(Invocation run, ClusterId cluster, KeyId key)
    {
        var (hash, policyPath) = (run.Get(_hash), run.Get(_policy));
        var policy = policyPath is null ? null : KeyPolicy.Parse(InputFile.Bytes(policyPath)).OrEnd(policyPath);
        var clusters = run.Get(_clusters) is { } list ? ClusterList.Read(list, "--clusters") : null;
        if (hash is null || policy is null)
        {
            if (!run.HasGrid) throw CommandEndedException.Usage("give --grid, or both --key-hash and --policy", "a request names its key and the policy in force by hash");
            var status = await run.Grid.GetKeyAsync(cluster, key, run.Cancellation).OrEnd();
            hash ??= status.Key;
            clusters ??= status.Threshold is { } shared ? ClusterSet.Of(shared.Clusters.Select(holder => holder.Number)) : null;
            policy ??= KeyPolicy.Parse(status.PolicyDocument.Span).OrEnd("the grid's copy of the policy");
        }

        return policy.KeyId == key
            ? new KeyTerms(hash.Value, policy, clusters)
            : throw CommandEndedException.Refused(new Refusal(RefusalCode.PolicyMalformed, $"the policy is that of '{policy.KeyId}', not of '{key}'"));
    }
}

/// <summary>How a request names a key.</summary>
/// <param name="Key">The hash of its birth record.</param>
/// <param name="Policy">The policy in force.</param>
/// <param name="Clusters">The clusters that act together; null for a key of one cluster.</param>
internal sealed record KeyTerms(Hash256 Key, KeyPolicy Policy, ClusterSet? Clusters);
