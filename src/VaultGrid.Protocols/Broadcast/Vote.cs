using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>One party's signature over a digest that it has checked: an echo of a broadcast, or its consent to a transcript.</summary>
public sealed record Vote
{
    private const int MaximumSignature = 1024;

    internal Vote(PartyIndex from, byte[] signature) => (From, Signature) = (from, signature);

    /// <summary>Who votes.</summary>
    public PartyIndex From { get; }

    /// <summary>The signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Reads what <see cref="ToBytes"/> wrote. Nothing is verified.</summary>
    public static Outcome<Vote> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var vote = Read(ref reader);
        return reader.Ended ? vote : new Refusal(RefusalCode.InputMalformed, "this is not a vote");
    }

    /// <summary>Voter, signature.</summary>
    public byte[] ToBytes()
    {
        var writer = new CanonicalWriter();
        Write(writer, this);
        return writer.ToArray();
    }

    internal static Vote Sign(string kind, Hash256 binding, PartyIndex from, Hash256 digest, IStatementSigner signer) =>
        new(from, signer.Sign(Statement(kind, binding, from, digest)));

    internal bool IsFor(string kind, Hash256 binding, Hash256 digest, Roster roster) =>
        roster.Parameters.Has(From) && roster.Verifier.Verify(From, Statement(kind, binding, From, digest), Signature.Span);

    internal static void Write(CanonicalWriter writer, Vote vote) => writer.Party(vote.From).Bytes(vote.Signature.Span);

    internal static Vote Read(ref CanonicalReader reader) => new(reader.Party(), reader.Bytes(MaximumSignature));

    private static byte[] Statement(string kind, Hash256 binding, PartyIndex from, Hash256 digest) =>
        Tagged.Statement(kind, new CanonicalWriter().Hash(binding).Party(from).Hash(digest).Written);
}
