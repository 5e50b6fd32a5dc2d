using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Clusters.Synchronisation;

/// <summary>Where an approved record stands: in which chain, and at which number. Read from the record as it claims; enclaves verify it.</summary>
/// <param name="Chain">Which chain.</param>
/// <param name="Key">For a key's policies, the hash of its birth record.</param>
/// <param name="Number">The document's number in the chain.</param>
internal readonly record struct RecordPlace(RecordChain Chain, Hash256? Key, ulong Number)
{
    /// <summary>Null where a record belongs to no chain that is brought round, or can't be read.</summary>
    public static RecordPlace? Of(ApprovedRecord record)
    {
        if (!RequestDocument.Parse(record.Request.Span).Is(out var request, out _)) return null;
        return request.Request switch
        {
            ChangeAdminsRequest => Policy(record) is { } number ? new RecordPlace(RecordChain.Admins, null, number) : null,
            ChangePolicyRequest change => Policy(record) is { } number ? new RecordPlace(RecordChain.KeyPolicy, change.Key, number) : null,
            ChangeMembershipRequest => MembershipRecord.Parse(record.Document.Span).Is(out var membership, out _)
                ? new RecordPlace(RecordChain.Membership, null, membership.Number)
                : null,
            _ => null,
        };
    }

    /// <summary>True where a node with this report has not come so far.</summary>
    public bool IsMissingFrom(NodeReport report)
    {
        var (chain, key, number) = this;
        return chain switch
        {
            RecordChain.Admins => number > report.AdminsNumber,
            RecordChain.Membership => number > report.MembershipNumber,
            RecordChain.KeyPolicy => report.Keys.Any(held => held.Key == key && number > held.PolicyNumber),
            _ => throw new InvalidOperationException("An unlisted chain."),
        };
    }

    private static ulong? Policy(ApprovedRecord record) => KeyPolicy.Parse(record.Document.Span).Is(out var policy, out _) ? policy.Number : null;
}

/// <summary>The chains of approved records, in the order in which they are brought: administrators first, since they approve the rest.</summary>
internal enum RecordChain
{
    Admins,
    Membership,
    KeyPolicy,
}
