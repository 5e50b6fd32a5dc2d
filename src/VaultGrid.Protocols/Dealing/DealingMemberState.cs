using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>What a <see cref="DealingMember"/> keeps over a restart.</summary>
internal sealed record DealingMemberState(CommittedDealer? Committed, RevealedDealer? Revealed, CommitList? List, KeyShare? Share)
{
    private const int Limit = 1 << 20;

    /// <summary>Public: dealer's part, list, public side of the new share, each behind its length, empty for none. Secret: polynomial, then share.</summary>
    public static SavedState Save(SavedState? dealer, CommitList? list, KeyShare? share)
    {
        using (dealer)
        {
            var writer = new CanonicalWriter().Bytes(dealer is null ? [] : dealer.PublicPart.Span).Bytes(list?.ToBytes()).Bytes(share?.Key.ToBytes());
            using var secrets = new SecretBuffer();

            // Never empty, whatever there is.
            secrets.WriteByte(share is null ? (byte)0 : (byte)1);
            if (dealer is not null) secrets.Write(dealer.SecretPart);
            using var scalar = share?.ToSecret();
            if (scalar is not null) secrets.Write(scalar);
            return new SavedState(writer.ToArray(), secrets.ToSecret());
        }
    }

    public static Outcome<DealingMemberState> Restore(DealingCeremony ceremony, PartyIndex? receiver, SavedState state)
    {
        var reader = new CanonicalReader(state.PublicPart.Span);
        var (dealer, list, key) = (reader.Bytes(Limit), reader.Bytes(Limit), reader.Bytes(Limit));
        var shareLength = key.Length > 0 ? PrimeGroup.ScalarLength : 0;
        if (!reader.Ended || state.SecretPart.Length < 1 + shareLength) return new Refusal(RefusalCode.StoreTampered, "the saved state of a ceremony can't be read");

        var restored = new DealingMemberState(null, null, null, null);
        if (list.Length > 0)
        {
            if (!CommitList.Parse(list).Is(out var parsed, out var refusal)) return refusal;
            restored = restored with { List = parsed };
        }

        if (dealer.Length > 0)
        {
            using var saved = new SavedState(dealer, state.SecretPart.Slice(1, state.SecretPart.Length - 1 - shareLength));
            if (!Dealer(ceremony, saved, restored).Is(out restored!, out var refusal)) return refusal;
        }

        if (key.Length == 0) return restored;
        if (receiver is not { } me) return new Refusal(RefusalCode.StoreTampered, "a ceremony's state holds a share for nobody");
        return SharedKey.Parse(ceremony.Group, key)
            .Then(parsed => KeyShare.Of(me, parsed, state.SecretPart.Slice(state.SecretPart.Length - shareLength, shareLength)))
            .Then<DealingMemberState>(share => restored with { Share = share });
    }

    // Before it is revealed, a new key's dealing starts with the party; later, and of other ceremonies, it is a signed message.
    private static Outcome<DealingMemberState> Dealer(DealingCeremony ceremony, SavedState saved, DealingMemberState before)
    {
        if (ceremony.Kind == DealingKind.Generate && CommittedDealer.Restore(ceremony, saved).Is(out var committed, out _)) return before with { Committed = committed };
        return RevealedDealer.Restore(ceremony, saved).Then<DealingMemberState>(revealed => before with { Revealed = revealed });
    }
}
