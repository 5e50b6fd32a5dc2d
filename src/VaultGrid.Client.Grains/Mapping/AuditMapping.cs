using System.Globalization;

namespace VaultGrid.Client.Grains;

/// <summary>Audit logs, between the grains' messages and the client's records.</summary>
internal static class AuditMapping
{
    public static Outcome<AuditLogStatus> Log(ClusterId cluster, AuditLogReport report) => new AuditLogStatus(
        cluster, report.Size, report.Root,
        [.. report.Chains.Select(chain => new AuditChainStatus(chain.Node, chain.Chain, chain.Certificate, chain.Number, chain.Hash, chain.Finding))]);

    public static Outcome<ulong> Start(PageQuery page) => page.After is null
        ? 0
        : ulong.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && from <= long.MaxValue
            ? from
            : new Refusal(RefusalCode.PageInvalid, "the page's mark is none that a listing of the audit log gave");

    // An entry that can't be read would hide what stands around it: it fails the page, and names its place.
    public static Outcome<Page<AuditEntryStatus>> Page(AuditEntriesReport report)
    {
        var entries = new List<AuditEntryStatus>(report.Entries.Length);
        foreach (var entry in report.Entries)
        {
            if (!AuditEntry.Parse(entry.Entry.Span).Is(out var read, out var refusal)) return refusal with { Detail = $"position {entry.Position}: {refusal.Detail}" };
            entries.Add(AuditEntryStatus.Of(entry.Position, entry.Chain, read, entry.Signature));
        }

        return new Page<AuditEntryStatus>(entries, report.Next?.ToString(CultureInfo.InvariantCulture));
    }

    public static VaultGrid.Grains.AuditProofQuery Query(AuditProofQuery query) => new(query.Position, query.First, query.Size);

    public static Outcome<AuditProof> Proof(AuditProofReport report) => new AuditProof(report.Size, report.Root, report.Start, report.Path);
}
