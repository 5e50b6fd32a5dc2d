using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>What one party says to all: a body and the party's signature over session, kind, sender and body. Anyone can check it, so it is evidence.</summary>
public sealed record SignedMessage
{
    /// <summary>The largest body.</summary>
    public const int MaximumBody = 64 * 1024;

    private const int MaximumSignature = 1024;
    private const byte Version = 1;

    internal SignedMessage(PartyIndex from, byte[] body, byte[] signature) => (From, Body, Signature) = (from, body, signature);

    /// <summary>The sender.</summary>
    public PartyIndex From { get; }

    /// <summary>The body, in the encoding of its protocol.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The sender's signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Reads what <see cref="ToBytes"/> wrote. Nothing is verified.</summary>
    public static Outcome<SignedMessage> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var message = Read(ref reader);
        return reader.Ended ? message : new Refusal(RefusalCode.InputMalformed, "this is not a signed message");
    }

    /// <summary>Version, sender, body, signature.</summary>
    public byte[] ToBytes()
    {
        var writer = new CanonicalWriter();
        Write(writer, this);
        return writer.ToArray();
    }

    internal static SignedMessage Sign(string kind, Hash256 binding, PartyIndex from, byte[] body, IStatementSigner signer) =>
        new(from, body, signer.Sign(Statement(kind, binding, from, body)));

    internal bool IsSigned(string kind, Hash256 binding, Roster roster) =>
        roster.Parameters.Has(From) && roster.Verifier.Verify(From, Statement(kind, binding, From, Body.Span), Signature.Span);

    internal bool SaysTheSameAs(SignedMessage other) => From == other.From && PublicBytes.Equal(Body.Span, other.Body.Span);

    internal static void Write(CanonicalWriter writer, SignedMessage message) =>
        writer.Byte(Version).Party(message.From).Bytes(message.Body.Span).Bytes(message.Signature.Span);

    internal static SignedMessage Read(ref CanonicalReader reader)
    {
        if (reader.Byte() != Version) reader.Fail();
        return new(reader.Party(), reader.Bytes(MaximumBody), reader.Bytes(MaximumSignature));
    }

    private static byte[] Statement(string kind, Hash256 binding, PartyIndex from, ReadOnlySpan<byte> body) =>
        Tagged.Statement(kind, new CanonicalWriter().Hash(binding).Party(from).Bytes(body).Written);
}
