using System.Reflection;
using VaultGrid.Grains;

namespace VaultGrid.Silo.Hosting;

/// <summary>Where grains, their messages, states and converters are.</summary>
internal static class GrainAssemblies
{
    public static IReadOnlyList<Assembly> All { get; } = [typeof(IGridGrain).Assembly, typeof(GrainServices).Assembly];
}
