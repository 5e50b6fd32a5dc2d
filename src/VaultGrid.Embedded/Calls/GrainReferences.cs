using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;
using VaultGrid.Embedded.Engine;

namespace VaultGrid.Embedded.Calls;

/// <summary>Makes references.</summary>
internal sealed class GrainReferences(GrainEngine engine)
{
    private readonly ConcurrentDictionary<Type, Func<GrainReferenceProxy>> _makers = new();

    public object Create(Type interfaceType, GrainId grainId)
    {
        var proxy = _makers.GetOrAdd(interfaceType, Maker)();
        proxy.Bind(engine, grainId, interfaceType);
        return proxy;
    }

    // A method that can't be called is found when the first reference is made, not when somebody calls it. References are made for every call,
    // so the class is looked for once.
    private static Func<GrainReferenceProxy> Maker(Type interfaceType)
    {
        foreach (var method in interfaceType.GetInterfaces().Append(interfaceType).SelectMany(type => type.GetMethods()))
        {
            CallMethod.Of(method);
        }

        var first = (GrainReferenceProxy)DispatchProxy.Create(interfaceType, typeof(GrainReferenceProxy));
        return first.Another;
    }
}
