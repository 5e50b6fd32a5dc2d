using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>The signed commitments of the dealers of a new key, ascending. Once a quorum has voted for a list, nobody else can become a dealer.</summary>
public sealed record CommitList
{
    private CommitList(IReadOnlyList<SignedMessage> commits) => Commits = commits;

    /// <summary>The commit messages.</summary>
    public IReadOnlyList<SignedMessage> Commits { get; }

    /// <summary>Puts messages together, the first of each dealer. Verified where it is used.</summary>
    public static CommitList Of(IEnumerable<SignedMessage> commits) => new([.. commits.DistinctBy(m => m.From).OrderBy(m => m.From)]);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<CommitList> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var list = new CommitList(reader.List(SignedMessage.Read));
        return reader.Ended ? list : new Refusal(RefusalCode.InputMalformed, "this is not a list of commitments");
    }

    /// <summary>The messages behind their count.</summary>
    public byte[] ToBytes() => new CanonicalWriter().List(Commits, SignedMessage.Write).ToArray();

    /// <summary>The hash that is voted for: who committed to what, without the signatures.</summary>
    internal Hash256 Digest(DealingCeremony ceremony) =>
        Tagged.Hash(DealingCeremony.ListKind, new CanonicalWriter().Hash(ceremony.Binding).List(Commits, (w, m) => w.Party(m.From).Bytes(m.Body.Span)).Written);

    internal Hash256? Find(PartyIndex dealer) =>
        Commits.FirstOrDefault(m => m.From == dealer) is { } message ? new Hash256(message.Body.Span) : null;

    internal Refusal? Check(DealingCeremony ceremony)
    {
        for (var i = 1; i < Commits.Count; i++)
            if (Commits[i - 1].From >= Commits[i].From)
                return new Refusal(RefusalCode.InputMalformed, "a list of commitments names its dealers once each, ascending");
        if (Commits.Count < ceremony.DealerQuorum)
            return new Refusal(RefusalCode.InputMalformed, $"a list of commitments needs {ceremony.DealerQuorum} dealers, not {Commits.Count}");
        return Commits.All(m => m.Body.Length == Hash256.Length && m.IsSigned(DealingCeremony.CommitKind, ceremony.Binding, ceremony.Dealers))
            ? null
            : new Refusal(RefusalCode.InputMalformed, "a commitment in the list is not one of its dealer");
    }
}
