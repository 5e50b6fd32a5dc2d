using System.CommandLine;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Keys;

/// <summary>The hash of a key's birth record and its policy in force: from options, which need no grid, or asked of the grid.</summary>
internal sealed class KeyInForce
{
    private readonly Option<Hash256?> _hash = Inputs.Hash("--key-hash", "Hash of the key's birth record (else asked of the grid)");
    private readonly Option<string?> _policy = new("--policy") { Description = "The key's policy in force (else asked of the grid)", HelpName = "FILE" };

    public IEnumerable<Option> All => [_hash, _policy];

    public async Task<(Hash256 Key, KeyPolicy Policy)> ReadAsync(Invocation run, ClusterId cluster, KeyId key)
    {
        var (hash, policyPath) = (run.Get(_hash), run.Get(_policy));
        var policy = policyPath is null ? null : KeyPolicy.Parse(InputFile.Bytes(policyPath)).OrEnd(policyPath);
        if (hash is null || policy is null)
        {
            if (!run.HasGrid) throw CommandEndedException.Usage("give --grid, or both --key-hash and --policy", "a request names its key and the policy in force by hash");
            var status = await run.Grid.GetKeyAsync(cluster, key, run.Cancellation).OrEnd();
            hash ??= status.Key;
            policy ??= KeyPolicy.Parse(status.PolicyDocument.Span).OrEnd("the grid's copy of the policy");
        }

        return policy.KeyId == key
            ? (hash.Value, policy)
            : throw CommandEndedException.Refused(new Refusal(RefusalCode.PolicyMalformed, $"the policy is that of '{policy.KeyId}', not of '{key}'"));
    }
}
