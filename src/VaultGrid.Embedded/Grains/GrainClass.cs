using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace VaultGrid.Embedded.Grains;

/// <summary>What is known of a grain class.</summary>
internal sealed class GrainClass
{
    private const string Suffix = "grain";

    private readonly Lazy<GrainConstruction> _construction;

    /// <exception cref="InvalidOperationException">The class has no single public constructor.</exception>
    public GrainClass(Type type, IServiceProvider services)
    {
        Type = type;
        GrainType = type.GetCustomAttribute<GrainTypeAttribute>() is { } named ? named.GetGrainType(services, type) : ByConvention(type);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers;
        var constructors = type.GetConstructors();
        var constructor = constructors.Length == 1
            ? constructors[0]
            : constructors.SingleOrDefault(candidate => candidate.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
                ?? throw new InvalidOperationException($"Grain class {type} needs exactly one public constructor, or one that is marked.");
        _construction = new(() => new GrainConstruction(type, constructor));
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    /// <summary>For a stateless worker, how many activations it may have.</summary>
    public int? MaxWorkers { get; }

    /// <summary>How its grains are made.</summary>
    public GrainConstruction Construction => _construction.Value;

    // The same name as Orleans gives, so that ids and stored state mean the same on both engines.
    private static GrainType ByConvention(Type type)
    {
#pragma warning disable CA1308 // Orleans's names are lower case.
        var name = type.Name.ToLowerInvariant();
#pragma warning restore CA1308
        return GrainType.Create(name.EndsWith(Suffix, StringComparison.Ordinal) && name.Length > Suffix.Length ? name[..^Suffix.Length] : name);
    }
}
