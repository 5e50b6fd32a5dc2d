namespace VaultGrid.Engine.Tests.Messages;

[GenerateSerializer, Alias("vg.test.refused.v1")]
public sealed class RefusedException : Exception
{
    public RefusedException()
    {
    }

    public RefusedException(string message)
        : base(message)
    {
    }

    public RefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public RefusedException(string code, int status)
        : base("refused: " + code) => (Code, Status) = (code, status);

    [Id(0)]
    public string? Code { get; init; }

    [Id(1)]
    public int Status { get; init; }
}
