using System.Security.Cryptography;
using VaultGrid.Crypto;
using VaultGrid.Crypto.Merkle;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Model.Tests.Audit;

/// <summary>Two enclaves' logs, merged batch by batch, each noting a checkpoint of the merged log now and then.</summary>
internal sealed class MergedLog
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ForgedCertificate[] _nodes;
    private readonly (ulong Number, Hash256 Hash)[] _ends;
    private ulong _position;
    private string _noted = "";

    public MergedLog(int batches, int perBatch)
    {
        var grid = new ForgedGrid();
        _nodes = [.. new[] { "1/1", "1/2" }.Select(id => new ForgedCertificate(CertificateIdentity.Device(NodeId.Parse(id)), grid.ClusterOne, Start.AddDays(-1)))];
        _ends = [.. _nodes.Select(node => (0ul, AuditChain.Genesis(node.Parsed.Key)))];
        for (var batch = 0; batch < batches; batch++) Rows.AddRange(Batch(batch % 2, perBatch, keep: true));
    }

    public List<MergedLogRow> Rows { get; } = [];

    public MerkleAccumulator Tree { get; } = new();

    public List<MergedLogRow> Batch(int node, int count, bool keep)
    {
        var rows = new List<MergedLogRow>();
        var chain = new Hash256(_nodes[node].Parsed.Key.SpkiHash.Span);
        var (number, hash) = _ends[node];
        for (var i = 0; i < count; i++)
        {
            var checkpoint = i == 0 && keep && Tree.Size % AuditLog.CheckpointStep < (ulong)count && Tree.Size >= AuditLog.CheckpointStep;
            var entry = new AuditEntry
            {
                Node = NodeId.Parse(node == 0 ? "1/1" : "1/2"), Number = ++number, Previous = hash, Time = Start.AddSeconds(number),
                Action = checkpoint ? AuditActions.Checkpoint : "sign", Subject = checkpoint ? _noted : "a-b",
            };
            var bytes = entry.ToBytes();
            hash = AuditEntry.HashOf(bytes);
            var signature = i == count - 1 ? Sign(node, new AuditHead(entry.Node, number, hash, entry.Time, default).ToBytes()) : [];
            rows.Add(new MergedLogRow(_position++, chain, bytes, signature));
        }

        foreach (var row in rows)
        {
            Tree.Append(AuditLog.Leaf(row.Chain, row.Entry));
            if (Tree.Size % AuditLog.CheckpointStep == 0) _noted = $"{Tree.Size} {Tree.Root}";
        }

        _ends[node] = (number, hash);
        return rows;
    }

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

    public Refusal? Feed(AuditLogVerifier verifier, IEnumerable<MergedLogRow> rows)
    {
        foreach (var row in rows)
        {
            if (verifier.Take(row.Position, row.Chain, row.Entry, row.Signature).Refusal is { } refusal) return refusal;
        }

        return null;
    }

    public Refusal? Verify(IEnumerable<MergedLogRow> rows)
    {
        var verifier = Verifier();
        return Feed(verifier, rows) ?? verifier.End((ulong)Rows.Count, Tree.Root).Refusal;
    }

    private byte[] Sign(int node, byte[] statement) => ((ECDsa)_nodes[node].Key).SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}

/// <summary>An entry of it: where it stands, whose chain it is of, and the signature of its batch's end.</summary>
internal sealed record MergedLogRow(ulong Position, Hash256 Chain, byte[] Entry, byte[] Signature);
