namespace VaultGrid.Client;

/// <summary>What one attempt at a call came to.</summary>
/// <param name="Outcome">The answer or the refusal.</param>
/// <param name="NothingDone">True where the call certainly had no effect: it never left, or was turned away at the door.</param>
/// <param name="RetryAfter">How long the grid asks to wait before the next attempt.</param>
internal readonly record struct Attempt<T>(Outcome<T> Outcome, bool NothingDone, TimeSpan? RetryAfter)
    where T : notnull;
