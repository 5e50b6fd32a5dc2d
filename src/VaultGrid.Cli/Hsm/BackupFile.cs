using VaultGrid.Cli.Files;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Cli.Hsm;

/// <summary>A backup of one share as a file, and an administrator's opened piece of it.</summary>
internal static class BackupFile
{
    private const int SealedLimit = 4096;

    private static ReadOnlySpan<byte> PieceTag => "VaultGrid/v1/opened-piece\0"u8;

    public static (SignedStatement Statement, ShareBackup Backup) Read(string path)
    {
        var reader = new WireReader(InputFile.Bytes(path));
        var statement = SignedStatement.Read(ref reader);
        if (!reader.End("a backup", out var refusal)) throw CommandEndedException.Refused(refusal);
        return (statement, ShareBackup.Parse(statement.Statement.Span).OrEnd(path));
    }

    public static byte[] Piece(Hash256 backup, OpenedPiece piece) =>
        new WireWriter().Fixed(PieceTag).Hash(backup).U8(piece.Number).Hash(piece.SessionKey).Bytes(piece.Sealed.Span).ToArray();

    public static OpenedPiece ReadPiece(string path, Hash256 backup)
    {
        var reader = new WireReader(InputFile.Bytes(path));
        reader.Tag(PieceTag);
        var (of, piece) = (reader.Hash(), new OpenedPiece(reader.U8(), reader.Hash(), reader.Bytes(SealedLimit).ToArray()));
        if (!reader.End("an opened piece", out var refusal)) throw CommandEndedException.Refused(refusal with { Detail = $"{path}: {refusal.Detail}" });
        return of == backup ? piece : throw CommandEndedException.Usage($"{path} is a piece of another backup");
    }
}
