namespace Orleans.Runtime;

/// <summary>The engine itself could not do what was asked.</summary>
[GenerateSerializer]
public class OrleansException : Exception
{
    public OrleansException()
        : base("The engine failed.")
    {
    }

    public OrleansException(string message)
        : base(message)
    {
    }

    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
