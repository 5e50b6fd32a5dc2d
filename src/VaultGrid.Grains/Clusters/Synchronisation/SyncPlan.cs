using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Clusters.Synchronisation;

/// <summary>What each node of a cluster lacks, by what all of them say; pure.</summary>
internal static class SyncPlan
{
    /// <summary>The nodes that can be brought anything: they have a certificate and answer.</summary>
    public static bool Takes(NodeReport report) => report.Phase is NodeReport.Member or NodeReport.Certified or NodeReport.Held;

    /// <summary>True where a node's lists are behind those that the grid hands out.</summary>
    /// <param name="report">The node.</param>
    /// <param name="lists">The newest number of each issuer's lists.</param>
    public static bool LacksLists(NodeReport report, IReadOnlyDictionary<string, ulong> lists) => lists.Any(
        newest => !report.RevocationLists.Any(known => known.Issuer == newest.Key && known.Number >= newest.Value));

    /// <summary>True where some node has come further in a chain than another that should have come as far.</summary>
    public static bool LacksRecords(ImmutableArray<NodeReport> reports)
    {
        var answering = reports.Where(Takes).ToList();
        if (answering.Count == 0) return false;
        var (admins, membership) = (answering.Max(report => report.AdminsNumber), answering.Max(report => report.MembershipNumber));
        var policies = answering.SelectMany(report => report.Keys).GroupBy(key => key.Key).ToDictionary(keys => keys.Key, keys => keys.Max(key => key.PolicyNumber));
        return answering.Exists(report => report.AdminsNumber < admins || report.MembershipNumber < membership
            || report.Keys.Any(key => key.PolicyNumber < policies[key.Key]));
    }

    /// <summary>The records that a node lacks, chain by chain, each in order and each document once.</summary>
    public static IReadOnlyList<IReadOnlyList<ApprovedRecord>> RecordsFor(NodeReport report, IEnumerable<ApprovedRecord> records) =>
    [
        .. records
            .Select(record => (Record: record, Place: RecordPlace.Of(record)))
            .Where(pair => pair.Place is { } place && place.IsMissingFrom(report))
            .GroupBy(pair => (pair.Place!.Value.Chain, pair.Place.Value.Key))
            .OrderBy(chain => chain.Key.Chain)
            .Select(chain => (IReadOnlyList<ApprovedRecord>)
            [
                // Two nodes may have carried out the same change: one record of each document is enough.
                .. chain.DistinctBy(pair => Hash256.Sha256(pair.Record.Document.Span)).OrderBy(pair => pair.Place!.Value.Number).Select(pair => pair.Record),
            ]),
    ];

    /// <summary>The keys that each member lacks, with the members that hold them.</summary>
    public static IReadOnlyList<MissingKey> KeysLacking(ImmutableArray<NodeReport> reports)
    {
        var members = reports.Where(report => report.Phase == NodeReport.Member).ToList();
        return
        [
            .. from key in members.SelectMany(report => report.Keys).GroupBy(key => key.KeyId)
               let holders = members.Where(report => report.Keys.Any(held => held.KeyId == key.Key)).Select(report => report.Node)
               from joiner in members
               where !joiner.Keys.Any(held => held.KeyId == key.Key)
               select new MissingKey(joiner.Node, key.Key, [.. holders]),
        ];
    }
}

/// <summary>A key that a node lacks.</summary>
/// <param name="Joiner">The node.</param>
/// <param name="KeyId">The key.</param>
/// <param name="Holders">Who has it.</param>
internal sealed record MissingKey(NodeId Joiner, KeyId KeyId, ImmutableArray<NodeId> Holders);
