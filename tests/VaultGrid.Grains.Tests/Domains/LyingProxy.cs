using System.Reflection;

namespace VaultGrid.Grains.Tests.Domains;

/// <summary>A grid that answers some questions as it likes: what silos and relays can do.</summary>
public class LyingProxy : DispatchProxy
{
    public ITrustGrid Inner { get; set; } = null!;

    /// <summary>What it answers instead, by method.</summary>
    public Dictionary<string, Func<object>> Lies { get; } = new(StringComparer.Ordinal);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        Lies.TryGetValue(targetMethod!.Name, out var lie) ? lie() : targetMethod.Invoke(Inner, args);
}
