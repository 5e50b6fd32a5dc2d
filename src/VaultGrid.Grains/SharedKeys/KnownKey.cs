using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>A shared key as its state tells it, read once. Immutable.</summary>
internal sealed record KnownKey(CertifiedVersion Certified, KeyEvidence Evidence, BirthRecord Birth, KeyPolicy Policy, ReadOnlyMemory<byte> PolicyDocument)
{
    /// <summary>The version in force.</summary>
    public KeyVersion Version => Certified.Version;

    /// <summary>The holders' nodes, in order of their shares.</summary>
    public IReadOnlyList<NodeId> Nodes { get; } = [.. Certified.Version.Holders.Select(holder => holder.Node)];

    /// <summary>Reads what the state has; <c>key.unknown</c> where it has nothing.</summary>
    public static Outcome<KnownKey> Of(SharedKeyState state, string key)
    {
        if (state.Certified.IsEmpty) return new Refusal(RefusalCode.KeyUnknown, $"the grid knows no shared key with the birth record {key}");
        if (!EnclaveDocuments.Certified(state.Certified.Span).Is(out var certified, out var refusal)) return refusal;
        if (!EnclaveDocuments.Evidence(state.Evidence.Span).Is(out var evidence, out refusal)) return refusal;
        if (!BirthRecord.Parse(evidence.Birth.Document.Span).Is(out var birth, out refusal)) return refusal;
        var policy = evidence.Changes.Count == 0 ? evidence.FirstPolicy : evidence.Changes[^1].Document;
        return KeyPolicy.Parse(policy.Span).Then<KnownKey>(parsed => new KnownKey(certified, evidence, birth, parsed, policy));
    }

    /// <summary>The clusters that its birth was approved for.</summary>
    public ImmutableArray<ClusterId> Clusters => RequestDocument.Parse(Evidence.Birth.Request.Span).Is(out var document, out _)
        ? document.Request.Clusters?.All ?? [document.Request.Cluster]
        : [.. Nodes.Select(node => node.Cluster).Distinct()];
}
