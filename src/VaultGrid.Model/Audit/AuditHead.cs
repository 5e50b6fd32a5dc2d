using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>
/// The end of an enclave's chain at some moment. Its D key signs it: without a nonce for every batch of entries, which covers them all, and with a verifier's
/// nonce on demand, so that an older end can't be shown for the present one.
/// </summary>
/// <param name="Node">The enclave's node.</param>
/// <param name="Number">The last entry's number; 0 where there is none.</param>
/// <param name="Hash">The last entry's hash; <see cref="AuditChain.Genesis"/> where there is none.</param>
/// <param name="Time">For a batch its last entry's time, for a nonce the enclave's time.</param>
/// <param name="Nonce">The verifier's nonce, <see cref="ShortestNonce"/> to <see cref="LongestNonce"/> bytes; empty for a batch.</param>
public sealed record AuditHead(NodeId Node, ulong Number, Hash256 Hash, DateTimeOffset Time, ReadOnlyMemory<byte> Nonce)
{
    /// <summary>The shortest nonce, in bytes.</summary>
    public const int ShortestNonce = 16;

    /// <summary>The longest nonce, in bytes.</summary>
    public const int LongestNonce = 64;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/audit-head\0"u8;

    /// <summary>The bytes that the D key signs.</summary>
    public byte[] ToBytes() =>
        new WireWriter().Fixed(Tag).U32(Node.Cluster.Number).U32(Node.Index).U64(Number).Hash(Hash).Time(Time).Bytes(Nonce.Span).ToArray();

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<AuditHead> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (!PublicBytes.Equal(reader.Fixed(Tag.Length), Tag)) reader.Fail("it does not start with its tag");
        var (cluster, node) = (reader.U32(), reader.U32());
        if (cluster == 0 || node == 0) reader.Fail("a node's number is 0");
        var head = new AuditHead(
            reader.Failed ? default : new NodeId(new ClusterId(cluster), node), reader.U64(), reader.Hash(), reader.Time(), reader.Bytes(LongestNonce).ToArray());
        return reader.End("the head of an audit log", out var refusal, RefusalCode.AuditTampered) ? head : refusal;
    }

    /// <summary>Equal where the bytes are.</summary>
    public bool Equals(AuditHead? other) => other is not null && PublicBytes.Equal(ToBytes(), other.ToBytes());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Node, Number, Hash);
}
