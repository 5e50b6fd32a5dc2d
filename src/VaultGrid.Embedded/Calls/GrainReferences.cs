using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;
using VaultGrid.Embedded.Engine;

namespace VaultGrid.Embedded.Calls;

/// <summary>Makes references.</summary>
internal sealed class GrainReferences(GrainEngine engine)
{
    private readonly ConcurrentDictionary<Type, bool> _checked = new();

    public object Create(Type interfaceType, GrainId grainId)
    {
        _checked.GetOrAdd(interfaceType, Check);
        var proxy = DispatchProxy.Create(interfaceType, typeof(GrainReferenceProxy));
        ((GrainReferenceProxy)proxy).Bind(engine, grainId, interfaceType);
        return proxy;
    }

    // A method that can't be called is found when the first reference is made, not when somebody calls it.
    private static bool Check(Type interfaceType)
    {
        foreach (var method in interfaceType.GetInterfaces().Append(interfaceType).SelectMany(type => type.GetMethods()))
        {
            CallMethod.Of(method);
        }

        return true;
    }
}
