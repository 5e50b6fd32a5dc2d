namespace VaultGrid.Silo.Engine.State;

/// <summary>Stored bytes are not what they should be; the grain that needs them is not activated.</summary>
[GenerateSerializer]
[Alias("vg.engine.state-format.v1")]
public sealed class StateFormatException : Exception
{
    public StateFormatException()
    {
    }

    public StateFormatException(string message)
        : base(message)
    {
    }

    public StateFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
