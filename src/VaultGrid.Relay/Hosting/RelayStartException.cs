namespace VaultGrid.Relay;

/// <summary>The relay can't start with what it was given. The message is one sentence for its operator.</summary>
public sealed class RelayStartException(string message, Exception? cause = null) : Exception(message, cause);
