namespace VaultGrid.Protocols.Sessions;

/// <summary>What a step gave. A closed list.</summary>
public abstract record SessionStep
{
    private SessionStep()
    {
    }

    /// <summary>The party goes on.</summary>
    /// <param name="Next">The state that takes the next input; it owns secrets.</param>
    /// <param name="Send">What to send now, possibly nothing.</param>
    public sealed record Continues(ISessionParty Next, IReadOnlyList<RoundMessage> Send) : SessionStep;

    /// <summary>The party's part is over, and no secret of it is left.</summary>
    /// <param name="Send">What to send now; a result is a message to the coordinator.</param>
    public sealed record Ends(IReadOnlyList<RoundMessage> Send) : SessionStep;

    /// <summary>The session is over, and no secret of it is left.</summary>
    public sealed record Aborts(SessionFault Fault) : SessionStep;
}
