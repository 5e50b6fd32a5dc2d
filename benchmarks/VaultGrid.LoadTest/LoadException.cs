namespace VaultGrid.LoadTest;

/// <summary>The grid can't be put under load.</summary>
internal sealed class LoadException(string message) : Exception(message);

/// <summary>What was asked for makes no sense.</summary>
internal sealed class UsageException(string message) : Exception(message);
