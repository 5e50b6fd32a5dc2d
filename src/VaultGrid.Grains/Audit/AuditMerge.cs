using VaultGrid.Crypto.Merkle;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Audit;

/// <summary>Takes parts of enclaves' logs into the merged one. What doesn't continue what is merged is not taken, and the chain says why. Without I/O.</summary>
public sealed class AuditMerge
{
    private const int EntriesAtOnce = 64;

    private readonly Dictionary<Hash256, AuditChainReport> _chains;
    private readonly MerkleAccumulator _tree;
    private readonly ulong _before;
    private readonly List<StoredAuditBatch> _batches = [];
    private readonly List<(int, ulong, Hash256)> _nodes = [];
    private readonly Dictionary<Hash256, AuditChainReport> _changed = [];

    /// <param name="log">The log so far.</param>
    public AuditMerge(StoredAuditLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        (_before, _tree) = (log.Size, MerkleAccumulator.At(log.Size, log.Edge));
        _chains = log.Chains.ToDictionary(chain => chain.Chain);
    }

    /// <summary>True where there is something to store.</summary>
    public bool HasNews => _changed.Count > 0;

    /// <summary>What is to be stored.</summary>
    public AuditAppend Append => new(_before, _tree.Size, _tree.Edge, _batches, _nodes, [.. _changed.Values]);

    /// <summary>A chain that a node had; null where none of its is merged. A node that was replaced has another one by now.</summary>
    public Hash256? Known(NodeId node) => _chains.Values.FirstOrDefault(chain => chain.Node == node)?.Chain;

    /// <summary>The first number that a chain lacks.</summary>
    public ulong Wanted(Hash256 chain) => _chains.TryGetValue(chain, out var known) ? known.Number + 1 : 1;

    /// <summary>Takes a part in.</summary>
    /// <returns>True where the enclave has more.</returns>
    public bool Take(NodeId node, AuditPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (part.Certificate.IsEmpty || !RoleCertificate.Parse(part.Certificate.Span).Is(out var certificate, out _) || certificate.Identity.Node != node) return false;
        var id = new Hash256(certificate.Key.SpkiHash.Span);
        var known = _chains.GetValueOrDefault(id) ?? new AuditChainReport(node, id, part.Certificate, 0, AuditChain.Genesis(certificate.Key), null);
        if (part.Last < known.Number)
        {
            Find(known, $"its enclave knows entries up to {part.Last} only: it was put back to an older state");
            return false;
        }

        foreach (var run in Runs(part.Batches, known.Number))
        {
            // What verifies joined need not be verified batch by batch; where it doesn't, each is taken by itself, to say which is bad.
            if (Take(ref known, certificate, part, Joined(run)) is null) continue;
            foreach (var batch in run)
            {
                if (Take(ref known, certificate, part, batch) is not { } refusal) continue;
                Find(known, refusal.Detail);
                return false;
            }
        }

        return part.Batches.Count > 0 && known.Number < part.Last;
    }

    // Batches in order, from the first that reaches over the end of what is merged, as many at once as a row should have entries.
    private static IEnumerable<List<AuditBatch>> Runs(IReadOnlyList<AuditBatch> batches, ulong merged)
    {
        var (run, entries) = (new List<AuditBatch>(), 0);
        foreach (var batch in batches)
        {
            if (!AuditEntry.Parse(batch.Entries[0].Span).Is(out var first, out _) || first.Number + (ulong)batch.Entries.Count <= merged + 1) continue;
            if (run.Count > 0 && entries + batch.Entries.Count > EntriesAtOnce)
            {
                yield return run;
                (run, entries) = ([], 0);
            }

            run.Add(batch);
            entries += batch.Entries.Count;
        }

        if (run.Count > 0) yield return run;
    }

    // The signature behind the last entry covers all before it (AuditChain): an enclave that writes for one caller signs every entry, and the log needs no more of that than of entries that came together.
    private static AuditBatch Joined(List<AuditBatch> run) => run is [var only] ? only : new AuditBatch([.. run.SelectMany(batch => batch.Entries)], run[^1].Signature);

    private Refusal? Take(ref AuditChainReport known, RoleCertificate certificate, AuditPart part, AuditBatch batch)
    {
        // Batches are merged whole, so one that reaches over the end of what is merged was signed anew: another past.
        var chain = AuditChain.After(known.Node, certificate.Key, known.Number, known.Hash);
        if (!batch.Follow(chain).Is(out var entries, out var refusal)) return refusal;
        _batches.Add(new StoredAuditBatch(_tree.Size, known.Chain, entries[0].Number, batch));
        foreach (var entry in batch.Entries) _tree.Append(AuditLog.Leaf(known.Chain, entry.Span), Complete);
        known = known with { Certificate = part.Certificate, Number = chain.Number, Hash = chain.Hash, Finding = null };
        Keep(known);
        return null;
    }

    private void Complete(int level, ulong index, Hash256 hash)
    {
        if (level % AuditTree.TileLevels == 0) _nodes.Add((level, index, hash));
    }

    private void Find(AuditChainReport chain, string finding)
    {
        if (chain.Finding != finding) Keep(chain with { Finding = finding });
    }

    private void Keep(AuditChainReport chain) => _chains[chain.Chain] = _changed[chain.Chain] = chain;
}
