using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>
/// One receiver's echo of all dealings that it holds good shares of, under one signature: a dealing that a certificate's quorum of receivers echoed is certified.
/// A receiver may say more later; what it said stays.
/// </summary>
public sealed record Acknowledgement
{
    private const int MaximumSignature = 1024;

    private Acknowledgement(PartyIndex from, IReadOnlyList<(PartyIndex Dealer, Hash256 Digest)> held, byte[] signature) => (From, Held, Signature) = (from, held, signature);

    /// <summary>The receiver.</summary>
    public PartyIndex From { get; }

    /// <summary>The dealers, ascending, and the digests of their dealings.</summary>
    public IReadOnlyList<(PartyIndex Dealer, Hash256 Digest)> Held { get; }

    /// <summary>The receiver's signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Reads what <see cref="ToBytes"/> wrote. Nothing is verified.</summary>
    public static Outcome<Acknowledgement> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var from = reader.Party();
        var held = reader.List((ref CanonicalReader r) => (r.Party(), r.Hash()));
        var signature = reader.Bytes(MaximumSignature);
        return reader.Ended ? new Acknowledgement(from, held, signature) : new Refusal(RefusalCode.InputMalformed, "this is not an acknowledgement of dealings");
    }

    /// <summary>Receiver, dealings, signature.</summary>
    public byte[] ToBytes() => Body(From, Held).Bytes(Signature.Span).ToArray();

    internal static Acknowledgement Sign(DealingCeremony ceremony, PartyIndex me, IReadOnlyList<(PartyIndex Dealer, Hash256 Digest)> held, IStatementSigner signer) =>
        new(me, held, signer.Sign(Statement(ceremony, me, held)));

    internal bool IsSigned(DealingCeremony ceremony) =>
        ceremony.Receivers.Parameters.Has(From) && ceremony.Receivers.Verifier.Verify(From, Statement(ceremony, From, Held), Signature.Span);

    internal bool Covers(PartyIndex dealer, Hash256 digest) => Held.Contains((dealer, digest));

    private static CanonicalWriter Body(PartyIndex from, IReadOnlyList<(PartyIndex Dealer, Hash256 Digest)> held) =>
        new CanonicalWriter().Party(from).List(held, (w, item) => w.Party(item.Dealer).Hash(item.Digest));

    private static byte[] Statement(DealingCeremony ceremony, PartyIndex from, IReadOnlyList<(PartyIndex Dealer, Hash256 Digest)> held) =>
        Tagged.Statement(DealingCeremony.AckAllKind, new CanonicalWriter().Hash(ceremony.Binding).Fixed(Body(from, held).Written).Written);
}
