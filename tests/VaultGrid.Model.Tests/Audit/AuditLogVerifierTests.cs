using System.Diagnostics;
using System.Security.Cryptography;
using VaultGrid.Crypto;
using VaultGrid.Crypto.Merkle;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Model.Tests.Audit;

/// <summary>A merged log that is whole, and every way in which one may not be: what is wrong is named with its place.</summary>
public sealed class AuditLogVerifierTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private sealed record Row(ulong Position, Hash256 Chain, byte[] Entry, byte[] Signature);

    [Fact]
    public void A_whole_log_verifies_with_the_ends_and_checkpoints_that_enclaves_signed()
    {
        var log = new Log(batches: 60, perBatch: 5);
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
        var log = new Log(batches: 10, perBatch: 5);
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
        var log = new Log(batches: 10, perBatch: 5);
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
        var log = new Log(batches: 60, perBatch: 5);
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
        var log = new Log(batches: 10, perBatch: 5);
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
        var log = new Log(batches: 4, perBatch: 3);
        var other = new Log(batches: 4, perBatch: 3);
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

    /// <summary>A hundred thousand entries in the ordinary run, a million with <c>VAULTGRID_AUDIT_ENTRIES=1000000</c>.</summary>
    [Fact]
    public void Any_number_of_entries_is_verified_in_constant_memory()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("VAULTGRID_AUDIT_ENTRIES"), out var asked) ? asked : 100_000;
        var log = new Log(0, 0);
        var verifier = log.Verifier();
        var (started, early) = (Stopwatch.StartNew(), 0L);
        for (var batch = 0; batch * 100 < count; batch++)
        {
            // Made and forgotten, as a reader of a file would.
            foreach (var row in log.Batch(batch % 2, 100, keep: false))
            {
                if (!verifier.Take(row.Position, row.Chain, row.Entry, row.Signature).Is(out _, out var refusal)) Assert.Fail(refusal.Detail);
            }

            if (batch == count / 500) early = GC.GetTotalMemory(forceFullCollection: true);
        }

        Assert.Null(verifier.End((ulong)count, log.Tree.Root).Refusal);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - early;
        TestContext.Current.SendDiagnosticMessage($"{count} entries made and verified in {started.Elapsed.TotalSeconds:0.0} s, {grown} bytes more at the end than after a fifth");
        Assert.True(grown < 4_000_000, $"{grown} bytes more at the end than after a fifth");
    }

    private static void Place(Log log, List<Row> rows, RefusalCode code, string place)
    {
        var refusal = log.Verify(rows);
        Assert.True(refusal?.Code == code, $"expected {code.Name()}, got {refusal?.ToString() ?? "nothing"}");
        Assert.Contains(place, refusal!.Detail, StringComparison.Ordinal);
    }

    private static List<Row> Renumbered(List<Row> rows) => [.. rows.Select((row, at) => row with { Position = (ulong)at })];

    // Two enclaves' logs, merged batch by batch, each noting a checkpoint of the merged log now and then.
    private sealed class Log
    {
        private readonly ForgedCertificate[] _nodes;
        private readonly (ulong Number, Hash256 Hash)[] _ends;
        private ulong _position;

        public Log(int batches, int perBatch)
        {
            var grid = new ForgedGrid();
            _nodes = [.. new[] { "1/1", "1/2" }.Select(id => new ForgedCertificate(CertificateIdentity.Device(NodeId.Parse(id)), grid.ClusterOne, Start.AddDays(-1)))];
            _ends = [.. _nodes.Select(node => (0ul, AuditChain.Genesis(node.Parsed.Key)))];
            for (var batch = 0; batch < batches; batch++) Rows.AddRange(Batch(batch % 2, perBatch, keep: true));
        }

        public List<Row> Rows { get; } = [];

        public MerkleAccumulator Tree { get; } = new();

        public List<Row> Batch(int node, int count, bool keep)
        {
            var rows = new List<Row>();
            var chain = new Hash256(_nodes[node].Parsed.Key.SpkiHash.Span);
            var (number, hash) = _ends[node];
            for (var i = 0; i < count; i++)
            {
                var checkpoint = i == 0 && keep && Tree.Size % AuditLog.CheckpointStep < (ulong)count && Tree.Size >= AuditLog.CheckpointStep;
                var entry = new AuditEntry
                {
                    Node = NodeId.Parse(node == 0 ? "1/1" : "1/2"), Number = ++number, Previous = hash, Time = Start.AddSeconds(number),
                    Action = checkpoint ? AuditActions.Checkpoint : "sign", Subject = checkpoint ? Noted() : "a-b",
                };
                var bytes = entry.ToBytes();
                hash = AuditEntry.HashOf(bytes);
                var signature = i == count - 1 ? Sign(node, new AuditHead(entry.Node, number, hash, entry.Time, default).ToBytes()) : [];
                rows.Add(new Row(_position++, chain, bytes, signature));
            }

            foreach (var row in rows)
            {
                Tree.Append(AuditLog.Leaf(row.Chain, row.Entry));
                if (Tree.Size % AuditLog.CheckpointStep == 0) _noted = $"{Tree.Size} {Tree.Root}";
            }

            _ends[node] = (number, hash);
            return rows;
        }

        private string _noted = "";

        private string Noted() => _noted;

        public AuditLogVerifier Verifier()
        {
            var verifier = new AuditLogVerifier();
            foreach (var node in _nodes) Assert.Null(verifier.Add(node.Parsed).Refusal);
            return verifier;
        }

        public (byte[] Statement, byte[] Signature, byte[] Nonce) Head(int node)
        {
            var nonce = RandomNumberGenerator.GetBytes(32);
            var statement = new AuditHead(NodeId.Parse(node == 0 ? "1/1" : "1/2"), _ends[node].Number, _ends[node].Hash, Start, nonce).ToBytes();
            return (statement, Sign(node, statement), nonce);
        }

        public void Expect(AuditLogVerifier verifier, int node)
        {
            var (statement, signature, nonce) = Head(node);
            Assert.Null(verifier.Expect(new Hash256(_nodes[node].Parsed.Key.SpkiHash.Span), statement, signature, nonce).Refusal);
        }

        public Refusal? Feed(AuditLogVerifier verifier, IEnumerable<Row> rows)
        {
            foreach (var row in rows)
            {
                if (verifier.Take(row.Position, row.Chain, row.Entry, row.Signature).Refusal is { } refusal) return refusal;
            }

            return null;
        }

        public Refusal? Verify(IEnumerable<Row> rows)
        {
            var verifier = Verifier();
            return Feed(verifier, rows) ?? verifier.End((ulong)Rows.Count, Tree.Root).Refusal;
        }

        private byte[] Sign(int node, byte[] statement) => ((ECDsa)_nodes[node].Key).SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
