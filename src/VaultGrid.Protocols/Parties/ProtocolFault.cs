namespace VaultGrid.Protocols;

/// <summary>Why a step of a protocol did not go on. Says who caused it, where that can be said.</summary>
public abstract record ProtocolFault
{
    private ProtocolFault()
    {
    }

    /// <summary>Who broke the protocol, ascending; empty where nobody can be named.</summary>
    public abstract IReadOnlyList<PartyIndex> Culprits { get; }

    /// <summary>A party's own message fails a check.</summary>
    public sealed record Cheated(PartyIndex Party, ProtocolCheck Check) : ProtocolFault
    {
        /// <inheritdoc/>
        public override IReadOnlyList<PartyIndex> Culprits => [Party];
    }

    /// <summary>A party signed two different statements where there may be one; both are the evidence.</summary>
    public sealed record Equivocated(PartyIndex Party, SignedMessage First, SignedMessage Second) : ProtocolFault
    {
        /// <inheritdoc/>
        public override IReadOnlyList<PartyIndex> Culprits => [Party];
    }

    /// <summary>Messages of these parties are still missing; the state is as before, and the step may be repeated.</summary>
    public sealed record Missing(IReadOnlyList<PartyIndex> Parties) : ProtocolFault
    {
        /// <inheritdoc/>
        public override IReadOnlyList<PartyIndex> Culprits => Parties;
    }

    /// <summary>What came is not a valid step, and no party is to blame for it: whoever carries the messages made it up, or mixed it up.</summary>
    public sealed record Refused(Refusal Refusal) : ProtocolFault
    {
        /// <inheritdoc/>
        public override IReadOnlyList<PartyIndex> Culprits => [];
    }
}
