namespace Orleans.Runtime;

/// <summary>A timer of an activation; it ends with the activation.</summary>
public interface IGrainTimer : IDisposable
{
    void Change(TimeSpan dueTime, TimeSpan period);
}
