using System.Reflection;
using Orleans.Serialization.Invocation;

namespace VaultGrid.Embedded.Calls;

/// <summary>A call as filters see it.</summary>
internal sealed class CallDescription(CallMethod method, object?[] arguments) : IInvokable
{
    public int GetArgumentCount() => arguments.Length;

    public object? GetArgument(int index) => arguments[index];

    public void SetArgument(int index, object value) => arguments[index] = value;

    public string GetMethodName() => method.Name;

    public string GetInterfaceName() => method.Method.DeclaringType!.FullName!;

    public MethodInfo GetMethod() => method.Method;
}
