using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace VaultGrid.Embedded.Calls;

/// <summary>A call on its way through filters.</summary>
internal abstract class FilteredCall<TResult>(CallMethod<TResult> method, object?[] arguments) : IGrainCallContext
{
    private int _stage;

    public IInvokable Request { get; } = new CallDescription(method, arguments);

    public abstract object Grain { get; }

    public abstract GrainId? SourceId { get; }

    public abstract GrainId TargetId { get; }

    public string InterfaceName => method.Method.DeclaringType!.FullName!;

    public string MethodName => method.Name;

    public MethodInfo InterfaceMethod => method.Method;

    public object? Result { get; set; }

    protected CallMethod<TResult> Called => method;

    protected object?[] Arguments => arguments;

    public async Task Invoke()
    {
        if (!await FilterAsync(_stage++))
        {
            var result = await CallAsync();
            Result = typeof(TResult) == typeof(Nothing) ? null : result;
        }
    }

    protected async Task<TResult> RunAsync()
    {
        await Invoke();
        return Result is TResult result ? result : default!;
    }

    /// <summary>Runs the filter of a stage, or says false when there are no more.</summary>
    protected abstract Task<bool> FilterAsync(int stage);

    protected abstract Task<TResult> CallAsync();
}
