namespace VaultGrid.Enclave;

/// <summary>Makes backups of shares for the administrators of a key's policy (protocols §5).</summary>
internal sealed class ShareBackups(Standing standing, CertificateGate certificates)
{
    /// <summary>Makes a backup.</summary>
    public Outcome<SignedStatement> Make(BackupShareCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!state.Keys.Find(call.Key).Is(out var key, out refusal)) return refusal;
        if (key.Shared is not { } part) return new Refusal(RefusalCode.KeyUnknown, $"'{key.Birth.KeyId}' is no shared key");
        if (!Administrators(call, key.Policies.Current, state).Is(out var administrators, out refusal)) return refusal;
        if (!Shareholders.Take(key, out var lease).Is(out _, out refusal)) return refusal;
        using (lease)
        {
            var header = ShareBackup.Header(part.Certified.Version, state.Node, part.Share);
            var quorum = key.Policies.Current.Quorum;
            var (boxKey, pieces) = BackupKey.Split(quorum, administrators.Count, header);
            try
            {
                using var share = lease.Value.Share.ToSecret();
                var sealedPieces = administrators.Select((admin, i) => new BackupPiece(new Hash256(admin.SpkiHash.Span), Seal(admin, header, pieces[i]))).ToArray();
                var backup = new ShareBackup(state.Node, part.Share, part.Certified, (byte)quorum, sealedPieces, Aes256Gcm.Seal(boxKey, share.Span, header)).ToBytes();
                return new SignedStatement(backup, state.Certificate!.Der, state.Identity!.Key!.Sign(backup));
            }
            finally
            {
                boxKey.Dispose();
                foreach (var piece in pieces) piece.Dispose();
            }
        }
    }

    // All of the policy's administrators, in its order, by certificates that count now.
    private Outcome<List<CertificateKey>> Administrators(BackupShareCall call, KeyPolicy policy, VaultState state)
    {
        var keys = new List<CertificateKey>();
        foreach (var der in call.Administrators)
        {
            if (!certificates.Cache.Parse(der.Span).Then(parsed => certificates.Now(parsed, CertificateRole.Admin, state.Authorities!)).Is(out var admin, out var refusal)) return refusal;
            if (keys.Count >= policy.Admins.Length || policy.Admins[keys.Count] != PolicyAdmin.Of(admin)) return Strangers(policy);
            keys.Add(admin.Key);
        }

        return keys.Count == policy.Admins.Length ? keys : Strangers(policy);
    }

    private static byte[] Seal(CertificateKey admin, byte[] header, SecretBytes piece)
    {
        if (!admin.IsRsa)
        {
            var key = P256PublicKey.ParseSubjectPublicKeyInfo(admin.Spki.Span).Value;
            return SealedBox.Seal(key, header, header, piece);
        }

        using var rsa = RsaOaepPublicKey.ParseSubjectPublicKeyInfo(admin.Spki.Span).Value;
        return rsa.Encrypt(piece);
    }

    private static Refusal Strangers(KeyPolicy policy) =>
        new(RefusalCode.ApprovalStranger, $"a backup is for all administrators of '{policy.KeyId}', in the order of its policy, and for nobody else");
}
