using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>What stands beside a request to restore a share: the backup that it names, and a quorum's opened pieces, each sealed to the enclave's session key.</summary>
/// <param name="Backup">The backup, as its enclave signed it.</param>
/// <param name="Pieces">The pieces.</param>
public sealed record RestoreDocument(SignedStatement Backup, IReadOnlyList<OpenedPiece> Pieces)
{
    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/restore\0"u8;

    /// <summary>The bytes for <see cref="PerformCall.Document"/>.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().Fixed(Tag);
        SignedStatement.Write(writer, Backup);
        return writer.List(Pieces, (to, piece) => to.U8(piece.Number).Hash(piece.SessionKey).Bytes(piece.Sealed.Span)).ToArray();
    }

    /// <summary>Reads the document.</summary>
    public static Outcome<RestoreDocument> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var document = new RestoreDocument(
            SignedStatement.Read(ref reader),
            reader.List(KeyPolicy.AdminLimit, (ref WireReader from) => new OpenedPiece(from.U8(), from.Hash(), from.Memory(EnclaveLimits.Statement))));
        return reader.End("a restore's document", out var refusal) ? document : refusal;
    }
}

/// <summary>A piece that its administrator has opened and sealed anew to the enclave that restores.</summary>
/// <param name="Number">The piece's number, from 1.</param>
/// <param name="SessionKey">SHA-256 of the session key's point that it is sealed to.</param>
/// <param name="Sealed">The piece, 32 bytes, sealed with <see cref="ShareBackup.Header"/> as header and additional data.</param>
public sealed record OpenedPiece(byte Number, Hash256 SessionKey, ReadOnlyMemory<byte> Sealed);
