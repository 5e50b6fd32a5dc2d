using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>The dealings that make the new version, ascending by dealer, each certified by a quorum of receivers. Whoever put it together is not trusted.</summary>
public sealed record DealingTranscript
{
    private DealingTranscript(IReadOnlyList<(SignedMessage Dealing, QuorumCertificate Certificate)> dealings) => Dealings = dealings;

    /// <summary>The dealings with the votes for them.</summary>
    public IReadOnlyList<(SignedMessage Dealing, QuorumCertificate Certificate)> Dealings { get; }

    /// <summary>Puts dealings together. Verified where it is used.</summary>
    public static DealingTranscript Of(IEnumerable<(SignedMessage Dealing, QuorumCertificate Certificate)> dealings) =>
        new([.. dealings.DistinctBy(d => d.Dealing.From).OrderBy(d => d.Dealing.From)]);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<DealingTranscript> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var transcript = new DealingTranscript(reader.List((ref CanonicalReader r) => (SignedMessage.Read(ref r), QuorumCertificate.Read(ref r))));
        return reader.Ended ? transcript : new Refusal(RefusalCode.InputMalformed, "this is not a transcript of dealings");
    }

    /// <summary>Dealings and certificates behind their count.</summary>
    public byte[] ToBytes() => new CanonicalWriter().List(Dealings, (w, d) =>
    {
        SignedMessage.Write(w, d.Dealing);
        QuorumCertificate.Write(w, d.Certificate);
    }).ToArray();

    /// <summary>The hash that is voted for: which dealings, without signatures.</summary>
    public Hash256 Hash(DealingCeremony ceremony)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        return HashOf(ceremony, [.. Dealings.Select(d => (d.Dealing.From, DealingBody.Digest(ceremony, d.Dealing.From, d.Dealing.Body.Span)))]);
    }

    internal static Hash256 HashOf(DealingCeremony ceremony, IReadOnlyList<(PartyIndex Dealer, Hash256 Digest)> dealings) =>
        Tagged.Hash(DealingCeremony.TranscriptKind, new CanonicalWriter().Hash(ceremony.Binding).List(dealings, (w, d) => w.Party(d.Dealer).Hash(d.Digest)).Written);

    /// <summary>Checks order, number, and every certificate.</summary>
    internal Refusal? Check(DealingCeremony ceremony)
    {
        for (var i = 1; i < Dealings.Count; i++)
            if (Dealings[i - 1].Dealing.From >= Dealings[i].Dealing.From)
                return new Refusal(RefusalCode.InputMalformed, "a transcript names its dealers once each, ascending");
        if (Dealings.Count < ceremony.MinimumDealers)
            return new Refusal(RefusalCode.InputMalformed, $"a transcript needs {ceremony.MinimumDealers} dealings, not {Dealings.Count}");
        foreach (var (dealing, certificate) in Dealings)
        {
            if (certificate.Digest != DealingBody.Digest(ceremony, dealing.From, dealing.Body.Span)
                || !certificate.Holds(DealingCeremony.AckKind, ceremony.Binding, ceremony.Receivers, ceremony.Receivers.Parameters.CertificateQuorum))
                return new Refusal(RefusalCode.InputMalformed, $"a quorum has not acknowledged the dealing of {dealing.From}");
        }
        return null;
    }
}
