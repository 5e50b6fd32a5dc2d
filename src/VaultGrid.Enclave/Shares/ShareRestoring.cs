using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>Opens a backup with the pieces of a quorum of administrators, each of whom sealed theirs to this enclave's session key.</summary>
internal sealed class ShareRestoring(SessionKeys sessions)
{
    /// <summary>Opens it.</summary>
    /// <param name="request">The approved request.</param>
    /// <param name="document">What came beside it.</param>
    /// <param name="key">The key; the backup has to be of its version in force and this enclave's share.</param>
    /// <param name="state">This enclave.</param>
    public Outcome<KeyShare> Open(RestoreShareRequest request, ReadOnlySpan<byte> document, VaultKey key, VaultState state)
    {
        if (!RestoreDocument.Parse(document).Is(out var restore, out var refusal)) return refusal;
        if (!ShareBackup.Parse(restore.Backup.Statement.Span).Is(out var backup, out refusal)) return refusal;
        var part = key.Shared!;
        if (!Documents.Check(backup.Hash(), request.Backup, "backup").Is(out _, out refusal)) return refusal;
        if (backup.Certified.Version.Hash() != part.VersionHash || backup.Node != state.Node || backup.Share != part.Share)
            return new Refusal(RefusalCode.StateConflict, "the backup is of another version, or another share, than this enclave's of the one in force");

        var header = ShareBackup.Header(backup.Certified.Version, backup.Node, backup.Share);
        var pieces = new Dictionary<PartyIndex, SecretBytes>();
        try
        {
            foreach (var piece in restore.Pieces.Take(backup.Quorum))
            {
                if (piece.Number == 0 || piece.Number > backup.Pieces.Count || !TryOpen(piece, header, out var opened)) return Unopened();
                if (pieces.TryAdd(new PartyIndex(piece.Number), opened)) continue;
                opened.Dispose();
                return Unopened();
            }

            if (pieces.Count < backup.Quorum) return new Refusal(RefusalCode.ApprovalQuorum, $"the backup opens with the pieces of {backup.Quorum} administrators; {pieces.Count} came");
            if (!BackupKey.Combine(pieces, header).Is(out var boxKey, out refusal)) return refusal;
            using (boxKey)
            {
                return Aes256Gcm.Open(boxKey, backup.Box.Span, header).Is(out var share, out _) ? KeyShare.Of(new PartyIndex(backup.Share), part.Key, share) : Unopened();
            }
        }
        finally
        {
            foreach (var piece in pieces.Values) piece.Dispose();
        }
    }

    private bool TryOpen(OpenedPiece piece, byte[] header, out SecretBytes opened)
    {
        opened = null!;
        if (sessions.Find(piece.SessionKey) is not { } own || !own.TryHold(out var held)) return false;
        using (held)
        {
            return SealedBox.Open(held.Value, header, header, piece.Sealed.Span).Is(out opened!, out _);
        }
    }

    private static Refusal Unopened() => new(RefusalCode.InputMalformed, "the backup doesn't open with these pieces");
}
