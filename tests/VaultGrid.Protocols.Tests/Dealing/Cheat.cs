namespace VaultGrid.Protocols.Tests.Dealing;

/// <summary>What a scripted cheater does; everything else it does honestly.</summary>
public enum Cheat
{
    SilentFromTheStart,
    SilentAfterCommit,
    SilentAfterDealing,
    TwoCommits,
    DealsAnotherPolynomial,
    RaisesTheDegree,
    LowersTheDegree,
    RogueKey,
    WrongConstant,
    DealsGarbage,
    BadShareToOne,
    BadShareToAll,
    BadShareAndBadOpening,
    BadShareAndNoOpening,
    FalseComplaints,
    VotesForNonsense,
    TwoDealings,
}
