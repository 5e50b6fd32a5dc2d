namespace VaultGrid.Protocols.Sessions;

/// <summary>Why a session ended without a result. Who is to blame is data; nothing decides by text.</summary>
public abstract record SessionFault
{
    private SessionFault()
    {
    }

    /// <summary>The smallest set that surely contains who caused it, in the order of the session; empty where nobody can be named.</summary>
    public abstract IReadOnlyList<Participant> Culprits { get; }

    /// <summary>The other nodes that a failed check of received values points at: what the enclave counts as an alarm. Empty for every other fault.</summary>
    public virtual IReadOnlyList<Participant> Alarm => [];

    /// <summary>A body that can't be read, or values out of their range: points off the curve, ciphertexts sharing a factor with the modulus.</summary>
    public sealed record Malformed(Participant From, byte Round) : SessionFault
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Participant> Culprits => [From];
    }

    /// <summary>A message that does not belong here: of another session, round, sender or receiver, or the answer to something else.</summary>
    public sealed record Misplaced(Participant From, byte Round) : SessionFault
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Participant> Culprits => [From];
    }

    /// <summary>A second, different message for a round that was answered.</summary>
    public sealed record Equivocated(Participant From, byte Round) : SessionFault
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Participant> Culprits => [From];
    }

    /// <summary>Well-formed values that do not fit the key. The accuser's word: it may be the accuser who lies.</summary>
    /// <param name="Check">Which check failed: the protocol's own number.</param>
    /// <param name="Accuser">Who checked.</param>
    /// <param name="Accused">Everybody whose values went in.</param>
    public sealed record Inconsistent(byte Check, Participant Accuser, IReadOnlyList<Participant> Accused) : SessionFault
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Participant> Culprits => [.. Accused, Accuser];

        /// <inheritdoc/>
        public override IReadOnlyList<Participant> Alarm => Accused;
    }

    /// <summary>What the coordinator brought together does not make a step: too few messages, approvals for different requests, a session that has ended.</summary>
    public sealed record Refused(Refusal Refusal) : SessionFault
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Participant> Culprits => [];
    }

    /// <summary>A result that fails its last verification although every check passed: this enclave's own fault. It is withheld and names nobody.</summary>
    public sealed record Enclave : SessionFault
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Participant> Culprits => [];
    }
}
