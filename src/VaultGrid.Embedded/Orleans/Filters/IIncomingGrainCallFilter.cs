namespace Orleans;

/// <summary>Runs around every call, in the turn of the grain that is called.</summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}
