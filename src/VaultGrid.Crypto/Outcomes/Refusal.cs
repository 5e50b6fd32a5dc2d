namespace VaultGrid;

/// <summary>Why something was not done: an expected answer, never an exception. Carries no secret, so it may be logged and shown.</summary>
/// <param name="Code">The stable code that callers decide by.</param>
/// <param name="Detail">One lower-case sentence for people: what was wrong, where, and what to do. Nothing decides by it.</param>
public sealed record Refusal(RefusalCode Code, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code.Name()}: {Detail}";
}
