using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;
using VaultGrid.Embedded.Copying;

namespace VaultGrid.Embedded.Calls;

/// <summary>What is known of a grain interface method: how to copy its arguments, call it and hand back its answer.</summary>
internal abstract class CallMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, CallMethod> Known = new();

    private readonly bool[] _copied;

    protected CallMethod(MethodInfo method)
    {
        Method = method;
        Name = method.Name;
        AlwaysInterleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        var parameters = method.GetParameters();
        CancellationArgument = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
        _copied = [.. parameters.Select(parameter => !parameter.IsDefined(typeof(Orleans.ImmutableAttribute)))];
    }

    public MethodInfo Method { get; }

    public string Name { get; }

    public bool AlwaysInterleaves { get; }

    /// <summary>Index of the CancellationToken, or -1.</summary>
    public int CancellationArgument { get; }

    public static CallMethod Of(MethodInfo method) => Known.GetOrAdd(method, CallMethodFactory.Create);

    /// <summary>Sends the call and returns the Task or ValueTask that the interface method declares.</summary>
    public abstract object Send(GrainReferenceProxy reference, object?[] arguments);

    protected void CopyArguments(DeepCopier copier, object?[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (_copied[i] && arguments[i] is { } argument)
            {
                arguments[i] = copier.Copy(argument);
            }
        }
    }
}
