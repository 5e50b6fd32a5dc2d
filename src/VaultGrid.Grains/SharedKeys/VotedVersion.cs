using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>Whether a version that a member tells of bears its holders' votes: a member that lies must not make the grid forget the true one. Pure.</summary>
internal static class VotedVersion
{
    /// <summary>True where a quorum of these holders' D keys voted for it.</summary>
    /// <param name="certified">The version with its votes.</param>
    /// <param name="holders">Who must hold it.</param>
    /// <param name="quorum">How many must have voted.</param>
    public static bool Holds(CertifiedVersion certified, IReadOnlyList<KeyHolder> holders, int quorum)
    {
        if (!certified.Version.Holders.SequenceEqual(holders)) return false;
        var statement = VersionVote.Statement(certified.Version);
        return certified.Votes.Where(vote => IsOf(vote, holders, statement)).Select(vote => vote.Share).Distinct().Count() >= quorum;
    }

    private static bool IsOf(VersionVote vote, IReadOnlyList<KeyHolder> holders, byte[] statement) =>
        vote.Share >= 1 && vote.Share <= holders.Count
        && RoleCertificate.Parse(vote.Certificate.Span).Is(out var voter, out _)
        && new Hash256(voter.Key.SpkiHash.Span) == holders[vote.Share - 1].Device
        && voter.Key.VerifiesStatement(statement, vote.Signature.Span);
}
