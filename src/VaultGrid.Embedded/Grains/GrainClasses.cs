using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace VaultGrid.Embedded.Grains;

/// <summary>The grain classes of the given assemblies, by name and by interface.</summary>
internal sealed class GrainClasses
{
    private readonly Dictionary<GrainType, GrainClass> _byName = [];
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainClass> _byInterface = new();

    /// <exception cref="InvalidOperationException">Two classes have the same name.</exception>
    public GrainClasses(IEnumerable<Assembly> assemblies, IServiceProvider services)
    {
        foreach (var type in assemblies.Distinct().SelectMany(assembly => assembly.GetTypes()).Where(IsGrainClass))
        {
            var grainClass = new GrainClass(type, services);
            if (!_byName.TryAdd(grainClass.GrainType, grainClass))
            {
                throw new InvalidOperationException(
                    $"{type} and {_byName[grainClass.GrainType].Type} are both the grain type '{grainClass.GrainType}'.");
            }
        }
    }

    /// <exception cref="ArgumentException">There is no such grain class.</exception>
    public GrainClass Named(GrainType grainType) => _byName.TryGetValue(grainType, out var found)
        ? found
        : throw new ArgumentException($"There is no grain class of type '{grainType}'.");

    /// <exception cref="ArgumentException">No class implements the interface, or several do and the prefix doesn't choose.</exception>
    public GrainClass Implementing(Type interfaceType, string? prefix) =>
        _byInterface.GetOrAdd((interfaceType, prefix), Find);

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && typeof(IGrainBase).IsAssignableFrom(type)
        && typeof(IGrain).IsAssignableFrom(type);

    private GrainClass Find((Type Interface, string? Prefix) wanted)
    {
        var found = _byName.Values
            .Where(grainClass => wanted.Interface.IsAssignableFrom(grainClass.Type))
            .Where(grainClass => string.IsNullOrEmpty(wanted.Prefix)
                || grainClass.Type.FullName!.StartsWith(wanted.Prefix, StringComparison.Ordinal)
                || grainClass.Type.Name.StartsWith(wanted.Prefix, StringComparison.Ordinal))
            .ToArray();
        return found switch
        {
            [var only] => only,
            [] => throw new ArgumentException($"No grain class implements {wanted.Interface}."),
            _ => throw new ArgumentException(
                $"{string.Join(", ", found.Select(grainClass => grainClass.Type.Name))} all implement {wanted.Interface}: name one by its prefix."),
        };
    }
}
