namespace VaultGrid.LocalGrid;

/// <summary>A grid on this machine could not be brought up or kept up; the message says which part failed and how its log ends.</summary>
public sealed class LocalGridException : Exception
{
    /// <summary>Says what failed.</summary>
    public LocalGridException(string message)
        : base(message)
    {
    }

    /// <summary>Says what failed, and why.</summary>
    public LocalGridException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
