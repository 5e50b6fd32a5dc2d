using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>Who the members of a ceremony are, as this enclave has verified them: D keys, certificates and the newest session keys. Entries come when they come.</summary>
internal sealed class CeremonyDirectory(EnclaveClock clock, CertificateGate certificates, CeremonyPlan plan) : IDisposable
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
            if (!Check(said, statement, plan.Members[place], state, fromJournal).Is(out var member, out _)) continue;

            // An old statement once more takes nobody back to a key that is lost.
            if (known is not null && known.From > statement.From)
            {
                member.SessionKey.Dispose();
                continue;
            }

            known?.SessionKey.Dispose();
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
        var name = Hash256.Of("verified-statement", new WireWriter().U8(place).Bytes(statement).Fixed(signature).Written);
        if (_verified.Contains(name)) return true;
        var holds = member.Device.VerifiesStatement(statement, signature);
        if (holds) _verified.Add(name);
        return holds;
    }

    /// <summary>The parties at some places, as protocols have them: the first has index 1.</summary>
    public Roster Roster(IReadOnlyList<byte> places, ThresholdParameters parameters) => new(parameters, new Verifier(this, places));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var member in _members.Values) member.SessionKey.Dispose();
        _members.Clear();
    }

    private byte? PlaceOf(NodeId node)
    {
        for (var place = 0; place < plan.Members.Count; place++)
        {
            if (plan.Members[place].Node == node) return (byte)place;
        }

        return null;
    }

    private Outcome<Member> Check(SignedStatement said, SessionKeyStatement statement, KeyHolder expected, VaultState state, bool fromJournal)
    {
        if (!certificates.AnyDeviceNow(said.Certificate.Span, state).Is(out var device, out var refusal)) return refusal;
        if (device.Identity.Node != expected.Node || new Hash256(device.Key.SpkiHash.Span) != expected.Device || !device.Key.VerifiesStatement(said.Statement.Span, said.Signature.Span))
            return new Refusal(RefusalCode.SessionMismatch, $"the session key is not that of {expected.Node}");
        var now = clock.Now;
        if (!fromJournal && (statement.To - statement.From > SessionKeys.Period || now < statement.From - SessionKeys.Skew || now > statement.To + SessionKeys.Skew))
            return new Refusal(RefusalCode.SessionMismatch, $"the session key of {expected.Node} does not count now");
        return P256PublicKey.Parse(statement.PublicKey.Span).Then<Member>(key => new Member(device.Key, said.Certificate, key, Hash256.Sha256(statement.PublicKey.Span), statement.From, said));
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
