using VaultGrid.Ceremony.Keys;
using VaultGrid.Crypto;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Authorities;

/// <content>Revocations and lists.</content>
public sealed partial class GridAuthorities
{
    /// <summary>Revokes one certificate, given by its issuer and serial number, and writes the CA's next list. Repeating it changes no entry.</summary>
    /// <param name="authority">The CA that issued it.</param>
    /// <param name="serial">The serial number; <c>resource.unknown</c> where the CA never gave it out.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="passphrase">Of the CA's key file.</param>
    public Outcome<RevocationList> Revoke(CertificateIdentity authority, CertificateSerial serial, RevocationReason reason, SecretBytes passphrase)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(passphrase);
        if (Folder(authority) is not { } folder) return UnknownAuthority(authority);
        if (folder.Ledger.Issued.All(entry => entry.Serial != serial))
            return new Refusal(RefusalCode.ResourceUnknown, $"{authority} never issued a certificate with the serial number {serial}");

        return RevokeAll(folder, [serial], reason, passphrase);
    }

    /// <summary>Revokes one certificate.</summary>
    public Outcome<RevocationList> Revoke(RoleCertificate certificate, RevocationReason reason, SecretBytes passphrase)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.Role == CertificateRole.Root
            ? new Refusal(RefusalCode.CertificateRole, "a root can't be revoked: replace the grid's pins")
            : Revoke(IssuerIdentity(certificate.Identity), certificate.Serial, reason, passphrase);
    }

    /// <summary>Revokes every certificate that an identity has; <c>resource.unknown</c> where it has none.</summary>
    public Outcome<RevocationList> Revoke(CertificateIdentity identity, RevocationReason reason, SecretBytes passphrase)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(passphrase);
        if (identity.Role == CertificateRole.Root) return new Refusal(RefusalCode.CertificateRole, "a root can't be revoked: replace the grid's pins");
        if (IssuerOf(identity) is not { } folder) return UnknownAuthority(IssuerIdentity(identity));

        var serials = folder.Ledger.Issued.Where(entry => entry.Identity == identity).Select(entry => entry.Serial).ToList();
        return serials.Count == 0
            ? new Refusal(RefusalCode.ResourceUnknown, $"{identity} has no certificate")
            : RevokeAll(folder, serials, reason, passphrase);
    }

    /// <summary>Writes a CA's next list with the same entries and a new nextUpdate.</summary>
    public Outcome<RevocationList> RefreshList(CertificateIdentity authority, SecretBytes passphrase)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(passphrase);
        return Folder(authority) is { } folder ? RevokeAll(folder, [], RevocationReason.Unspecified, passphrase) : UnknownAuthority(authority);
    }

    /// <summary>Writes the next list of every CA; stops at the first refusal, what was written before stands.</summary>
    public Outcome<IReadOnlyList<RevocationList>> RefreshLists(SecretBytes passphrase)
    {
        var lists = new List<RevocationList>();
        foreach (var authority in Authorities)
        {
            if (!RefreshList(authority.Identity, passphrase).Is(out var list, out var refusal)) return refusal;
            lists.Add(list);
        }

        return lists;
    }

    private static Refusal UnknownAuthority(CertificateIdentity authority) => new(RefusalCode.ResourceUnknown, $"there is no CA {authority} here");

    private Outcome<RevocationList> RevokeAll(AuthorityFolder folder, IEnumerable<CertificateSerial> serials, RevocationReason reason, SecretBytes passphrase)
    {
        if (folder.Ledger.LastUpdate > Now)
            return new Refusal(RefusalCode.StateConflict, $"this machine's clock is behind the last list, of {folder.Ledger.LastUpdate:u}");
        if (!folder.OpenKey(passphrase).Is(out var key, out var refusal)) return refusal;

        using (key)
        {
            foreach (var serial in serials.Where(serial => !folder.Ledger.IsRevoked(serial)).ToList())
                folder.Record(new LedgerEntry.Revoked(serial, Now, reason));
            return WriteList(folder, key);
        }
    }

    // No entry is ever dropped, expired or not: a vault grid revokes few certificates, and a list that only grows is a superset at a glance.
    private Outcome<RevocationList> WriteList(AuthorityFolder folder, SigningKey key)
    {
        var (number, thisUpdate) = (folder.Ledger.LastNumber + 1, Now);
        folder.Record(new LedgerEntry.Listed(number, thisUpdate));

        var der = new CertificateIssuer(folder.Name, key).List(number, folder.Ledger.Revoked, thisUpdate, thisUpdate + _options.ListValidity);
        if (!RevocationList.Parse(der).Is(out var list, out var refusal)) return refusal;

        folder.Publish(list);
        return list;
    }
}
