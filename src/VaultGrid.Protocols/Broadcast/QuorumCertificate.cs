using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>Votes of a quorum for one digest. At n ≥ 3f + 1 two certificates of one kind and session can't name different digests: their voters share an honest one, and it votes once.</summary>
public sealed record QuorumCertificate
{
    private QuorumCertificate(Hash256 digest, IReadOnlyList<Vote> votes) => (Digest, Votes) = (digest, votes);

    /// <summary>What was voted for.</summary>
    public Hash256 Digest { get; }

    /// <summary>The votes, ascending by voter.</summary>
    public IReadOnlyList<Vote> Votes { get; }

    /// <summary>Puts votes together, the first of each party. Verified where it is used.</summary>
    public static QuorumCertificate Of(Hash256 digest, IEnumerable<Vote> votes) =>
        new(digest, [.. votes.DistinctBy(vote => vote.From).OrderBy(vote => vote.From)]);

    /// <summary>Reads what <see cref="ToBytes"/> wrote: voters ascending, none twice. No signature is verified.</summary>
    public static Outcome<QuorumCertificate> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var certificate = Read(ref reader);
        return reader.Ended ? certificate : new Refusal(RefusalCode.InputMalformed, "this is not a certificate of a quorum");
    }

    /// <summary>Digest, votes.</summary>
    public byte[] ToBytes()
    {
        var writer = new CanonicalWriter();
        Write(writer, this);
        return writer.ToArray();
    }

    /// <summary>True if it holds the valid votes of at least <paramref name="quorum"/> different parties for its digest.</summary>
    internal bool Holds(string kind, Hash256 binding, Roster roster, int quorum) =>
        Votes.Count >= quorum
        && Votes.Select(vote => vote.From).Distinct().Count() == Votes.Count
        && Votes.Where(vote => vote.IsFor(kind, binding, Digest, roster)).Take(quorum).Count() == quorum;

    internal static void Write(CanonicalWriter writer, QuorumCertificate certificate) =>
        writer.Hash(certificate.Digest).List(certificate.Votes, Vote.Write);

    internal static QuorumCertificate Read(ref CanonicalReader reader)
    {
        var certificate = new QuorumCertificate(reader.Hash(), reader.List(Vote.Read));
        for (var i = 1; i < certificate.Votes.Count; i++)
            if (certificate.Votes[i - 1].From >= certificate.Votes[i].From)
                reader.Fail();
        return certificate;
    }
}
