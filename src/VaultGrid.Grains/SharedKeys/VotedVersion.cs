using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>Whether a version that a member tells of bears its holders' votes: a member that lies must not make the grid forget the true one, nor keep one that no enclave believes. Pure.</summary>
internal static class VotedVersion
{
    /// <summary>The version with those of its votes that count, which are those that enclaves and users count.</summary>
    /// <param name="told">The version with its votes, as it was told.</param>
    /// <param name="holders">Who must hold it.</param>
    /// <param name="quorum">How many must have voted.</param>
    /// <param name="trusted">The authorities; null where none were published, and certificates are believed.</param>
    /// <param name="certificates">Certificates that were seen before.</param>
    /// <param name="now">The time.</param>
    /// <returns>The version; null where its holders are others, or fewer votes count.</returns>
    public static CertifiedVersion? Of(CertifiedVersion told, IReadOnlyList<KeyHolder> holders, int quorum, TrustedAuthorities? trusted, CertificateCache certificates, DateTimeOffset now)
    {
        if (!told.Version.Holders.SequenceEqual(holders)) return null;
        var statement = VersionVote.Statement(told.Version);
        var latest = trusted is not null && now < trusted.HighestSignedTime ? trusted.HighestSignedTime : now;
        VersionVote[] votes = [.. told.Votes.Where(vote => IsOf(vote, holders, statement, trusted, certificates, latest)).DistinctBy(vote => vote.Share).OrderBy(vote => vote.Share)];
        return votes.Length >= quorum ? told with { Votes = votes } : null;
    }

    private static bool IsOf(
        VersionVote vote, IReadOnlyList<KeyHolder> holders, byte[] statement, TrustedAuthorities? trusted, CertificateCache certificates, DateTimeOffset now)
    {
        if (vote.Share < 1 || vote.Share > holders.Count || !certificates.Parse(vote.Certificate.Span).Is(out var voter, out _)) return false;
        var holder = holders[vote.Share - 1];
        return voter.Identity.Node == holder.Node && new Hash256(voter.Key.SpkiHash.Span) == holder.Device
            && (trusted is null || ChainVerifier.Verify(voter, CertificateRole.Device, trusted, now).Refusal is null)
            && voter.Key.VerifiesStatement(statement, vote.Signature.Span);
    }
}
