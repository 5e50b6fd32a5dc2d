namespace VaultGrid.Protocols;

/// <summary>What the caller has to do with a member's state before anything leaves.</summary>
public enum DealingProgress
{
    /// <summary>Nothing: it is as it was.</summary>
    None,

    /// <summary>To write it down: after a loss others would have to say again what they said, no more.</summary>
    Gathered,

    /// <summary>To write it down durably: a message follows that may be said once.</summary>
    Decided,
}
