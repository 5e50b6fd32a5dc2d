namespace VaultGrid.Model.Tests.Audit;

/// <summary>A merged log that is whole, and every way in which one may not be: what is wrong is named with its place.</summary>
public sealed class AuditLogVerifierTests
{
    [Fact]
    public void A_whole_log_verifies_with_the_ends_and_checkpoints_that_enclaves_signed()
    {
        var log = new MergedLog(batches: 60, perBatch: 5);
        var verifier = log.Verifier();
        log.Expect(verifier, 0);
        log.Expect(verifier, 1);
        Assert.Null(log.Feed(verifier, log.Rows));
        Assert.Null(verifier.End((ulong)log.Rows.Count, log.Tree.Root).Refusal);
        Assert.True(verifier.Checkpoints > 0);
    }

    [Fact]
    public void An_edited_entry_is_found_at_its_place()
    {
        var log = new MergedLog(batches: 10, perBatch: 5);
        for (var at = 0; at < log.Rows.Count; at++)
        {
            var rows = log.Rows.ToList();
            var changed = rows[at].Entry.ToArray();

            // The subject's last letter: it still reads as an entry.
            changed[^1] ^= 1;
            rows[at] = rows[at] with { Entry = changed };
            var refusal = log.Verify(rows);
            Assert.Equal(RefusalCode.AuditTampered, refusal?.Code);

            // The entry itself where it ends a batch, else the one that names its hash, which is the next of its chain.
            var next = rows[at].Signature.Length > 0 ? at : rows.FindIndex(at + 1, row => row.Chain == rows[at].Chain);
            Assert.Contains($"position {next}:", refusal!.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_dropped_doubled_or_moved_entry_is_found_at_its_place()
    {
        var log = new MergedLog(batches: 10, perBatch: 5);
        for (var at = 1; at < log.Rows.Count - 1; at++)
        {
            var dropped = log.Rows.ToList();
            dropped.RemoveAt(at);
            Place(log, dropped, RefusalCode.AuditTampered, $"positions {at} to {at} are missing");
            Place(log, Renumbered(dropped), RefusalCode.AuditTampered, "");

            var doubled = log.Rows.ToList();
            doubled.Insert(at, doubled[at]);
            Place(log, doubled, RefusalCode.AuditTampered, $"position {at}: it stands twice");
            Place(log, Renumbered(doubled), RefusalCode.AuditTampered, $"position {at + 1}: node");

            var moved = log.Rows.ToList();
            (moved[at], moved[at + 1]) = (moved[at + 1], moved[at]);
            Place(log, moved, RefusalCode.AuditTampered, $"positions {at} to {at} are missing");
            Place(log, Renumbered(moved), RefusalCode.AuditTampered, "");
        }
    }

    [Fact]
    public void Entries_of_different_nodes_that_changed_places_are_found_between_two_checkpoints()
    {
        var log = new MergedLog(batches: 60, perBatch: 5);
        var rows = log.Rows.ToList();
        var at = rows.FindIndex(150, row => row.Signature.Length > 0 && row.Position + 1 < (ulong)rows.Count && rows[(int)row.Position + 1].Chain != row.Chain);
        (rows[at], rows[at + 1]) = (rows[at + 1], rows[at]);
        var refusal = log.Verify(Renumbered(rows));
        Assert.Equal(RefusalCode.AuditTampered, refusal?.Code);
        Assert.Contains("between positions", refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_log_is_found_by_its_size_and_a_cut_one_that_hides_it_by_the_ends_that_enclaves_signed()
    {
        var log = new MergedLog(batches: 10, perBatch: 5);
        var cut = log.Rows.Take(log.Rows.Count - 5).ToList();
        Place(log, cut, RefusalCode.AuditTruncated, "missing");

        var hidden = log.Verifier();
        log.Expect(hidden, 0);
        log.Expect(hidden, 1);
        Assert.Null(log.Feed(hidden, cut));
        var refusal = hidden.End((ulong)cut.Count, hidden.Root).Refusal;
        Assert.Equal(RefusalCode.AuditTruncated, refusal?.Code);
        Assert.Contains("are missing at the end", refusal!.Detail, StringComparison.Ordinal);

        // In the middle of a batch no signature covers the rest.
        Place(log, log.Rows.Take(log.Rows.Count - 3).ToList(), RefusalCode.AuditTampered, "no signature");
    }

    [Fact]
    public void Another_chain_another_signature_and_another_end_are_refused()
    {
        var log = new MergedLog(batches: 4, perBatch: 3);
        var other = new MergedLog(batches: 4, perBatch: 3);
        Place(log, other.Rows, RefusalCode.AuditTampered, "position 0");
        var rows = log.Rows.ToList();
        var at = rows.FindIndex(row => row.Signature.Length > 0);
        var signature = rows[at].Signature.ToArray();
        signature[^1] ^= 1;
        rows[at] = rows[at] with { Signature = signature };
        Place(log, rows, RefusalCode.AuditTampered, $"position {at}: node");

        var verifier = log.Verifier();
        var (statement, signed, _) = log.Head(0);
        Assert.Equal(RefusalCode.AuditTampered, verifier.Expect(log.Rows[0].Chain, statement, signed, new byte[32]).Refusal?.Code);
    }

    private static void Place(MergedLog log, List<MergedLogRow> rows, RefusalCode code, string place)
    {
        var refusal = log.Verify(rows);
        Assert.True(refusal?.Code == code, $"expected {code.Name()}, got {refusal?.ToString() ?? "nothing"}");
        Assert.Contains(place, refusal!.Detail, StringComparison.Ordinal);
    }

    private static List<MergedLogRow> Renumbered(List<MergedLogRow> rows) => [.. rows.Select((row, at) => row with { Position = (ulong)at })];
}
