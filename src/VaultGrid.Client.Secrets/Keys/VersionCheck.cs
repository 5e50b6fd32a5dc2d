using VaultGrid.Model.Certificates;

namespace VaultGrid.Client.Secrets;

/// <summary>Checks that a version is in force by what its holders' D keys signed; pure.</summary>
internal static class VersionCheck
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    public static Outcome<Done> Check(CertifiedVersion certified, IReadOnlyList<DeviceStatement> statements, TrustedAuthorities authorities, DateTimeOffset now)
    {
        var version = certified.Version;
        var (n, f) = (version.Holders.Count, version.Faulty);
        if (f < 1 || n < (2 * f) + 1 || n > HolderSet.Limit || version.Holders.Distinct().Count() != n) return Proves("it names no holders that could share a key");

        var devices = Stated(version, statements, authorities, now);
        if (devices.Count <= f) return Proves($"{devices.Count} holders state it now, and {f + 1} must");

        var quorum = n >= (3 * f) + 1 ? n - f : n;
        var voters = certified.Votes.Where(vote => Holds(vote, version, devices, authorities, now)).Select(vote => vote.Share).Distinct().Count();
        return voters >= quorum ? default(Done) : Proves($"{voters} holders voted for it, and {quorum} must have");
    }

    // Holders that say now, under a certificate that counts, that this is their version.
    private static HashSet<Hash256> Stated(KeyVersion version, IReadOnlyList<DeviceStatement> statements, TrustedAuthorities authorities, DateTimeOffset now)
    {
        var (devices, hash) = (new HashSet<Hash256>(), version.Hash());
        foreach (var said in statements)
        {
            if (!ShareStatement.Parse(said.Statement.Span).Is(out var statement, out _) || statement.Certified.Version.Hash() != hash) continue;
            if ((statement.Time - now).Duration() > Fresh || !Device(said.Certificate.Span, authorities, now).Is(out var device, out _)) continue;
            if (device.Identity.Node != statement.Node || !device.Key.VerifiesStatement(said.Statement.Span, said.Signature.Span)) continue;
            var key = new Hash256(device.Key.SpkiHash.Span);
            if (version.Holders.Contains(new KeyHolder(statement.Node, key))) devices.Add(key);
        }

        return devices;
    }

    // A vote outlives its voter's certificate: it counts by the D key, which the same device states now, or which a certificate that still counts has.
    private static bool Holds(VersionVote vote, KeyVersion version, HashSet<Hash256> stated, TrustedAuthorities authorities, DateTimeOffset now)
    {
        if (vote.Share < 1 || vote.Share > version.Holders.Count || !RoleCertificate.Parse(vote.Certificate.Span).Is(out var voter, out _)) return false;
        var (holder, key) = (version.Holders[vote.Share - 1], new Hash256(voter.Key.SpkiHash.Span));
        if (holder.Device != key || voter.Identity.Node != holder.Node) return false;
        if (!stated.Contains(key) && Device(vote.Certificate.Span, authorities, now).Refusal is not null) return false;
        return voter.Key.VerifiesStatement(VersionVote.Statement(version), vote.Signature.Span);
    }

    private static Outcome<RoleCertificate> Device(ReadOnlySpan<byte> der, TrustedAuthorities authorities, DateTimeOffset now) =>
        RoleCertificate.Parse(der).Then(parsed => ChainVerifier.Verify(parsed, CertificateRole.Device, authorities, now));

    private static Refusal Proves(string why) => new(RefusalCode.SessionMismatch, $"the grid's evidence of this version proves nothing: {why}");
}
