using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>The method and arguments of a call, as filters see them.</summary>
public interface IInvokable
{
    int GetArgumentCount();

    object? GetArgument(int index);

    void SetArgument(int index, object value);

    string GetMethodName();

    string GetInterfaceName();

    MethodInfo GetMethod();
}
