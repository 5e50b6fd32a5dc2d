namespace VaultGrid.Enclave;

/// <summary>What a decision comes to: the state that follows, the answer, and what is done once the state is kept.</summary>
/// <param name="Next">The next state; the same object where nothing changes.</param>
/// <param name="Answer">The answer.</param>
/// <param name="After">Cleaning up that must not happen before the state is on disk.</param>
/// <param name="Note">What the audit log says of it; null for what the kind of call says by itself, where the state changes.</param>
internal readonly record struct Step<T>(VaultState Next, T Answer, Action? After = null, AuditNote? Note = null);
