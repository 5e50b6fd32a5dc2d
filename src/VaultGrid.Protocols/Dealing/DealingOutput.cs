namespace VaultGrid.Protocols;

/// <summary>What a member of a dealing ceremony says to all.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Body">The message, signed by the member.</param>
public sealed record DealingOutput(DealingOutputKind Kind, byte[] Body);

/// <summary>The kinds of what is said to all.</summary>
public enum DealingOutputKind
{
    /// <summary>A dealer's commitment (new keys).</summary>
    Commit,

    /// <summary>A vote for the list of commitments (new keys).</summary>
    ListVote,

    /// <summary>A dealing. Each receiver's share goes to it alone (<see cref="DealingMember.ShareFor"/>).</summary>
    Dealing,

    /// <summary>A receiver's acknowledgement.</summary>
    Acknowledgement,

    /// <summary>A receiver's complaint.</summary>
    Complaint,

    /// <summary>A dealer's answer to a complaint.</summary>
    Opening,
}
