namespace VaultGrid.Engine.Tests.Messages;

/// <summary>Lacks its annotations on purpose.</summary>
public sealed class UnannotatedException : Exception
{
    public UnannotatedException()
    {
    }

    public UnannotatedException(string message)
        : base(message)
    {
    }

    public UnannotatedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
