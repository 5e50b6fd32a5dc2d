using VaultGrid.Grains.Audit;
using VaultGrid.Model.Wire;

namespace VaultGrid.Silo.Audit;

/// <summary>How batches and hashes stand in rows.</summary>
internal static class AuditRows
{
    private static readonly string Lost = "A row of the audit log can't be read: the table was changed by somebody else.";

    public static byte[] Write(AuditBatch batch)
    {
        var writer = new WireWriter();
        AuditBatch.Write(writer, batch);
        return writer.ToArray();
    }

    public static StoredAuditBatch Read(long position, byte[] chain, long number, byte[] bytes)
    {
        var reader = new WireReader(bytes);
        var batch = AuditBatch.Read(ref reader);
        return reader.End("a row of the audit log", out _) ? new StoredAuditBatch((ulong)position, new Hash256(chain), (ulong)number, batch) : throw new InvalidOperationException(Lost);
    }

    public static byte[] Write(IReadOnlyList<Hash256> hashes) => [.. hashes.SelectMany(hash => hash.ToArray())];

    public static IReadOnlyList<Hash256> ReadHashes(byte[] bytes) => bytes.Length % Hash256.Length == 0
        ? [.. bytes.Chunk(Hash256.Length).Select(hash => new Hash256(hash))]
        : throw new InvalidOperationException(Lost);
}
