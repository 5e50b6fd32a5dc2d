using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Repair;

/// <summary>What all parties of one repair agree on: which share of which version, and the f + 1 helpers (Stinson and Wei's repairable threshold scheme).</summary>
public sealed class RepairSession
{
    internal const string MessageKind = "repair-commitment";

    private RepairSession(SharedKey key, PartyIndex lost, IReadOnlyList<PartyIndex> helpers, Hash256 session)
    {
        (Key, Lost, Helpers) = (key, lost, helpers);
        Binding = Tagged.Hash("repair-session", new CanonicalWriter().Hash(session).Bytes(key.ToBytes()).Party(lost).List(helpers, (w, h) => w.Party(h)).Written);
    }

    /// <summary>The version whose share is repaired: the one in force.</summary>
    public SharedKey Key { get; }

    /// <summary>Whose share was lost.</summary>
    public PartyIndex Lost { get; }

    /// <summary>f + 1 holders, ascending.</summary>
    public IReadOnlyList<PartyIndex> Helpers { get; }

    /// <summary>Hash of all the above and of the session's header.</summary>
    public Hash256 Binding { get; }

    /// <summary>Checks the parties.</summary>
    /// <returns>The session, or <see cref="RefusalCode.InputMalformed"/>: not exactly f + 1 other holders, once each, ascending.</returns>
    public static Outcome<RepairSession> Of(SharedKey key, PartyIndex lost, IReadOnlyList<PartyIndex> helpers, Hash256 session)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(helpers);
        var ascending = helpers.Zip(helpers.Skip(1)).All(pair => pair.First < pair.Second);
        return key.Parameters.Has(lost) && helpers.Count == key.Parameters.Signers && ascending && helpers.All(h => key.Parameters.Has(h) && h != lost)
            ? new RepairSession(key, lost, [.. helpers], session)
            : new Refusal(RefusalCode.InputMalformed, "a repair has one lost share and exactly f + 1 other holders as helpers, ascending");
    }

    /// <summary>λ_i at the lost index: s_lost = Σ λ_i·s_i over the helpers.</summary>
    internal PublicScalar Factor(PartyIndex helper) => Lagrange.Coefficient(Key.Group, Helpers, helper, Lost.Value);

    /// <summary>Checks a helper's commitments: one to each part, which together are λ_i·Y_i.</summary>
    internal StepResult<GroupElement[]> Open(SignedMessage message, IStatementVerifier verifier)
    {
        if (!Helpers.Contains(message.From) || !message.IsSigned(MessageKind, Binding, new Roster(Key.Parameters, verifier)))
            return new Refusal(RefusalCode.InputMalformed, "the commitments are not signed by a helper of this repair");
        var reader = new CanonicalReader(message.Body.Span);
        var parts = reader.List((ref CanonicalReader r) => r.Element(Key.Group));
        if (!reader.Ended) return new ProtocolFault.Cheated(message.From, ProtocolCheck.Encoding);
        if (parts.Count != Helpers.Count) return new ProtocolFault.Cheated(message.From, ProtocolCheck.CommitmentLength);
        return GroupElement.Sum([.. parts]).Equals(Key.PublicShare(message.From).MultiplyVarTime(Factor(message.From)))
            ? parts.ToArray()
            : new ProtocolFault.Cheated(message.From, ProtocolCheck.RepairPart);
    }
}
