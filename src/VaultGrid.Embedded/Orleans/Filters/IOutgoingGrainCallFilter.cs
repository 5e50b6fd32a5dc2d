namespace Orleans;

/// <summary>Runs around every call, where it is made.</summary>
public interface IOutgoingGrainCallFilter
{
    Task Invoke(IOutgoingGrainCallContext context);
}
