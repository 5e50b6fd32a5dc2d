using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>What a <see cref="DealingMember"/> keeps over a restart: the dealer's part, the list it voted for and its certificate, what it acknowledged, the new share, what it said.</summary>
internal sealed record DealingMemberState(
    SavedState? Dealer, CommitList? List, QuorumCertificate? Certificate, SavedState? Received, (byte[] Key, SecretBytes Secret)? Share,
    IReadOnlyList<DealingOutput> Said) : IDisposable
{
    private const int Limit = 1 << 20;

    /// <summary>Public: the parts, each behind its length, with the lengths of what is secret in them; empty for none. Secret: a byte, so that it is never empty, then the secret parts.</summary>
    public static SavedState Save(SavedState? dealer, CommitList? list, QuorumCertificate? certificate, SavedState? received, KeyShare? share, IReadOnlyList<DealingOutput> said)
    {
        var writer = new CanonicalWriter();
        using var secrets = new SecretBuffer();
        secrets.WriteByte(1);
        Add(writer, secrets, dealer);
        writer.Bytes(list?.ToBytes()).Bytes(certificate?.ToBytes());
        Add(writer, secrets, received);
        writer.Bytes(share?.Key.ToBytes()).List(said, (w, output) => w.Byte((int)output.Kind).Bytes(output.Body));
        using var scalar = share?.ToSecret();
        if (scalar is not null) secrets.Write(scalar);
        return new SavedState(writer.ToArray(), secrets.ToSecret());
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static Outcome<DealingMemberState> Read(SavedState state)
    {
        var unreadable = new Refusal(RefusalCode.StoreTampered, "the saved state of a ceremony can't be read");
        var reader = new CanonicalReader(state.PublicPart.Span);
        var (dealer, dealerLength) = (reader.Bytes(Limit), reader.UInt32());
        var (list, certificate) = (reader.Bytes(Limit), reader.Bytes(Limit));
        var (received, receivedLength) = (reader.Bytes(Limit), reader.UInt32());
        var key = reader.Bytes(Limit);
        var said = reader.List((ref CanonicalReader r) => new DealingOutput((DealingOutputKind)r.Byte(), r.Bytes(Limit)));
        var shareLength = key.Length > 0 ? PrimeGroup.ScalarLength : 0u;
        if (!reader.Ended || state.SecretPart.Length != 1L + dealerLength + receivedLength + shareLength) return unreadable;

        var restored = new DealingMemberState(null, null, null, null, null, said);
        if (list.Length > 0)
        {
            if (!CommitList.Parse(list).Is(out var parsed, out _)) return unreadable;
            restored = restored with { List = parsed };
        }

        if (certificate.Length > 0)
        {
            if (!QuorumCertificate.Parse(certificate).Is(out var parsed, out _)) return unreadable;
            restored = restored with { Certificate = parsed };
        }

        var at = 1;
        if (dealer.Length > 0) restored = restored with { Dealer = new SavedState(dealer, state.SecretPart.Slice(at, (int)dealerLength)) };
        at += (int)dealerLength;
        if (received.Length > 0) restored = restored with { Received = new SavedState(received, state.SecretPart.Slice(at, (int)receivedLength)) };
        at += (int)receivedLength;
        return shareLength > 0 ? restored with { Share = (key, state.SecretPart.Slice(at, (int)shareLength)) } : restored;
    }

    public void Dispose()
    {
        Dealer?.Dispose();
        Received?.Dispose();
        Share?.Secret.Dispose();
    }

    private static void Add(CanonicalWriter writer, SecretBuffer secrets, SavedState? part)
    {
        writer.Bytes(part is null ? [] : part.PublicPart.Span).UInt32((uint)(part?.SecretPart.Length ?? 0));
        if (part is not null) secrets.Write(part.SecretPart);
        part?.Dispose();
    }
}
