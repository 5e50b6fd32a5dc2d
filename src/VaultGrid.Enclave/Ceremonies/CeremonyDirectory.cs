using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>Who the members of a ceremony are, as this enclave has verified them: D keys, certificates and the newest session keys. Entries come when they come.</summary>
internal sealed class CeremonyDirectory(KnownPeers peers, CeremonyPlan plan)
{
    private readonly Dictionary<byte, Member> _members = [];
    private readonly HashSet<Hash256> _verified = [];

    /// <summary>A member, or null where no statement of it has come.</summary>
    public Member? Find(byte place) => _members.GetValueOrDefault(place);

    /// <summary>Takes statements; those that don't verify, or are of nobody in the plan, are passed over.</summary>
    /// <param name="statements">What came, or what the journal has.</param>
    /// <param name="state">Authorities.</param>
    /// <param name="fromJournal">True for statements that counted when they were written down: their session keys may be lost, the D keys count if their certificates do.</param>
    /// <returns>The places whose session key is new.</returns>
    public IReadOnlyList<byte> Take(IReadOnlyList<SignedStatement> statements, VaultState state, bool fromJournal = false)
    {
        var changed = new List<byte>();
        foreach (var said in statements)
        {
            if (!SessionKeyStatement.Parse(said.Statement.Span, said.Signature).Is(out var statement, out _)) continue;
            if (PlaceOf(statement.Node) is not { } place) continue;
            var known = _members.GetValueOrDefault(place);
            if (known is not null && PublicBytes.Equal(known.Statement.Statement.Span, said.Statement.Span)) continue;
            if (!Check(said, plan.Members[place], state, fromJournal).Is(out var member, out _)) continue;

            // An old statement once more takes nobody back to a key that is lost.
            if (known is not null && known.From > statement.From) continue;
            _members[place] = member;
            changed.Add(place);
        }

        return changed;
    }

    /// <summary>The statements, for the journal.</summary>
    public IReadOnlyList<SignedStatement> Statements => [.. _members.Values.Select(member => member.Statement)];

    /// <summary>True if a member's D key signed a statement. What was verified once is not verified again.</summary>
    public bool Verify(byte place, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature)
    {
        if (!_members.TryGetValue(place, out var member)) return false;
        var name = NameOf(place, statement, signature);
        if (_verified.Contains(name)) return true;
        var holds = member.Device.VerifiesStatement(statement, signature);
        if (holds) _verified.Add(name);
        return holds;
    }

    /// <summary>The parties at some places, as protocols have them: the first has index 1.</summary>
    public Roster Roster(IReadOnlyList<byte> places, ThresholdParameters parameters) => new(parameters, new Verifier(this, places));

    /// <summary>Remembers a statement that this enclave signed itself: it needs no verification.</summary>
    public void Note(byte place, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) => _verified.Add(NameOf(place, statement, signature));

    private byte? PlaceOf(NodeId node)
    {
        for (var place = 0; place < plan.Members.Count; place++)
        {
            if (plan.Members[place].Node == node) return (byte)place;
        }

        return null;
    }

    private static Hash256 NameOf(byte place, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) =>
        Hash256.Of("verified-statement", new WireWriter().U8(place).Bytes(statement).Fixed(signature).Written);

    private Outcome<Member> Check(SignedStatement said, KeyHolder expected, VaultState state, bool fromJournal)
    {
        if (!peers.Check(said, state, anyTime: fromJournal).Is(out var known, out var refusal)) return refusal;
        var (peer, statement, _) = known;
        return peer.Node == expected.Node && new Hash256(peer.Device.SpkiHash.Span) == expected.Device
            ? new Member(peer.Device, said.Certificate, peer.SessionKey, Hash256.Sha256(statement.PublicKey.Span), statement.From, said)
            : new Refusal(RefusalCode.SessionMismatch, $"the session key is not that of the device that is meant at {expected.Node}");
    }

    /// <summary>A verified member.</summary>
    /// <param name="Device">Its D public key.</param>
    /// <param name="Certificate">Its certificate, DER.</param>
    /// <param name="SessionKey">Its newest session key.</param>
    /// <param name="SessionKeyName">SHA-256 of that key's point.</param>
    /// <param name="From">Since when it counts.</param>
    /// <param name="Statement">The statement.</param>
    internal sealed record Member(
        CertificateKey Device, ReadOnlyMemory<byte> Certificate, P256PublicKey SessionKey, Hash256 SessionKeyName, DateTimeOffset From, SignedStatement Statement);

    private sealed class Verifier(CeremonyDirectory directory, IReadOnlyList<byte> places) : IStatementVerifier
    {
        public bool Verify(PartyIndex signer, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) =>
            signer.Value <= places.Count && directory.Verify(places[signer.Value - 1], statement, signature);
    }
}
