using System.Collections.Immutable;

namespace VaultGrid.Enclave;

/// <summary>A subject's policies from the first to the one in force, with their hashes computed once. Immutable.</summary>
internal sealed class PolicyChain
{
    private readonly ImmutableArray<Link> _links;

    private PolicyChain(ImmutableArray<Link> links) => _links = links;

    /// <summary>The policy in force.</summary>
    public KeyPolicy Current => _links[^1].Policy;

    /// <summary>Its hash.</summary>
    public Hash256 CurrentHash => _links[^1].Hash;

    /// <summary>How many policies there are.</summary>
    public int Length => _links.Length;

    /// <summary>True where a policy of this hash is or was in force.</summary>
    public bool Knows(Hash256 hash) => _links.Any(link => link.Hash == hash);

    /// <summary>The policy of this hash, in force or before; null where it is none of these.</summary>
    public KeyPolicy? Find(Hash256 hash) => _links.FirstOrDefault(link => link.Hash == hash)?.Policy;

    /// <summary>True where this chain begins with all of another's policies.</summary>
    public bool StartsWith(PolicyChain other) => Length >= other.Length && _links[other.Length - 1].Hash == other.CurrentHash;

    /// <summary>A chain that starts with the first policy of its subject.</summary>
    public static Outcome<PolicyChain> Start(KeyPolicy first) => first.Number == 1
        ? new PolicyChain([new Link(first, first.Hash(), null)])
        : new Refusal(RefusalCode.StateConflict, $"policy {first.Number} of '{first.KeyId}' is not the first");

    /// <summary>All policies of a key's evidence, as they follow each other; nothing else of it is verified.</summary>
    public static Outcome<PolicyChain> Of(KeyEvidence evidence)
    {
        if (!KeyPolicy.Parse(evidence.FirstPolicy.Span).Then(Start).Is(out var policies, out var refusal)) return refusal;
        foreach (var change in evidence.Changes)
        {
            if (!KeyPolicy.Parse(change.Document.Span).Then(policy => policies.Add(policy, change.Time)).Is(out policies, out refusal)) return refusal;
        }

        return policies;
    }

    /// <summary>The chain with one more policy; <c>state.conflict</c> where it doesn't follow.</summary>
    /// <param name="next">The next policy.</param>
    /// <param name="since">When it took effect by the record's witness; null for what was pinned at provisioning.</param>
    public Outcome<PolicyChain> Add(KeyPolicy next, DateTimeOffset? since) => next.CheckFollows(Current).Is(out _, out var refusal)
        ? new PolicyChain(_links.Add(new Link(next, next.Hash(), since)))
        : refusal;

    /// <summary>The policy that a new request names: it must be the one in force (<c>policy.superseded</c>, <c>state.stale</c>).</summary>
    public Outcome<KeyPolicy> InForce(Hash256 named)
    {
        if (named == CurrentHash) return Current;
        return _links.Any(link => link.Hash == named)
            ? new Refusal(RefusalCode.PolicySuperseded, $"the request is under a policy of '{Current.KeyId}' that policy {Current.Number} has replaced; make a new one")
            : new Refusal(RefusalCode.StateStale, $"this enclave does not know the request's policy of '{Current.KeyId}'; it knows up to number {Current.Number} and must be synchronised");
    }

    /// <summary>The policy that a record names: one that was in force at the record's time, as far as this chain tells.</summary>
    public Outcome<KeyPolicy> InForceAt(Hash256 named, DateTimeOffset time)
    {
        for (var i = 0; i < _links.Length; i++)
        {
            if (_links[i].Hash != named) continue;
            return i + 1 < _links.Length && _links[i + 1].Since is { } replaced && replaced < time
                ? new Refusal(RefusalCode.PolicySuperseded, $"the record is under a policy of '{Current.KeyId}' that had been replaced before")
                : _links[i].Policy;
        }

        return new Refusal(RefusalCode.StateStale, $"this enclave does not know the record's policy of '{Current.KeyId}'; it knows up to number {Current.Number} and must be synchronised");
    }

    private sealed record Link(KeyPolicy Policy, Hash256 Hash, DateTimeOffset? Since);
}
