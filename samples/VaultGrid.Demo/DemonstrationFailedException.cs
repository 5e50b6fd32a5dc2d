namespace VaultGrid.Demo;

/// <summary>Something did not go as it should; the demonstration ends with it.</summary>
internal sealed class DemonstrationFailedException(string what) : Exception(what);
