namespace VaultGrid.Protocols.Tests.Dealing;

/// <summary>What a member under an attacker does; everything else it does by the protocol, as far as that helps the attacker.</summary>
public enum Lie
{
    /// <summary>Never says anything.</summary>
    Dead,

    /// <summary>Commits, so that it is counted on, and then says nothing.</summary>
    CommitsOnly,

    /// <summary>Starves honest receivers of its shares, acknowledges everything, and does not vote.</summary>
    StarvesWithNothing,

    /// <summary>The same with shares that don't fit; it opens none.</summary>
    StarvesWithBadShares,

    /// <summary>Acknowledges only what suits it, starves somebody, and does not vote.</summary>
    AcknowledgesSome,

    /// <summary>Does all but vote.</summary>
    DoesNotVote,
}
