using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// One share, encrypted in its enclave under a fresh key that is split among the administrators of the key's policy, as many of whom as its quorum put it together
/// again. D-signed by the enclave. It counts only as long as its version is in force.
/// </summary>
/// <param name="Node">Whose share it is.</param>
/// <param name="Share">The share's number.</param>
/// <param name="Certified">The version.</param>
/// <param name="Quorum">How many pieces put the key together.</param>
/// <param name="Pieces">A piece for each administrator, in the order of the policy; the first has number 1.</param>
/// <param name="Box">The share (32 bytes), AES-256-GCM, with <see cref="Header"/> as additional data.</param>
public sealed record ShareBackup(
    NodeId Node, byte Share, CertifiedVersion Certified, byte Quorum, IReadOnlyList<BackupPiece> Pieces, ReadOnlyMemory<byte> Box)
{
    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/share-backup\0"u8;

    /// <summary>The bytes that the D key signs.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().Fixed(Tag).Node(Node).U8(Share);
        CertifiedVersion.Write(writer, Certified);
        return writer.U8(Quorum).List(Pieces, BackupPiece.Write).Bytes(Box.Span).ToArray();
    }

    /// <summary>The hash that an approved <c>restore-share</c> names.</summary>
    public Hash256 Hash() => Hash256.Of("share-backup-hash", ToBytes());

    /// <summary>What all of a backup's boxes are bound to: version, node and share.</summary>
    public static byte[] Header(KeyVersion version, NodeId node, byte share)
    {
        ArgumentNullException.ThrowIfNull(version);
        return new WireWriter().Fixed("VaultGrid/v1/share-backup-box\0"u8).Hash(version.Hash()).Node(node).U8(share).ToArray();
    }

    /// <summary>Reads a backup.</summary>
    public static Outcome<ShareBackup> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var backup = new ShareBackup(
            reader.NodeId(), reader.U8(), CertifiedVersion.Read(ref reader), reader.U8(), reader.List(KeyPolicy.AdminLimit, BackupPiece.Read), reader.Memory(EnclaveLimits.Statement));
        return reader.End("a backup of a share", out var refusal) ? backup : refusal;
    }
}

/// <summary>One administrator's piece of a backup's key.</summary>
/// <param name="Admin">The administrator's key: SHA-256 of its SubjectPublicKeyInfo (DER).</param>
/// <param name="Sealed">
/// The piece (32 bytes): to a P-256 key ephemeral ECDH, HKDF-SHA256 and AES-256-GCM with the backup's header as additional data; to an RSA key OAEP with SHA-256.
/// </param>
public sealed record BackupPiece(Hash256 Admin, ReadOnlyMemory<byte> Sealed)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, BackupPiece piece)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(piece);
        writer.Hash(piece.Admin).Bytes(piece.Sealed.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static BackupPiece Read(ref WireReader reader) => new(reader.Hash(), reader.Memory(EnclaveLimits.Statement));
}
