using System.Reflection;

namespace VaultGrid.Grains.Tests.Domains;

/// <summary>A grid that keeps the last call on a Domain as it was sent.</summary>
public class RecordingProxy : DispatchProxy
{
    public ITrustGrid Inner { get; set; } = null!;

    public DomainCall? Last { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (args?.OfType<DomainCall>().FirstOrDefault() is { } call) Last = call;
        return targetMethod!.Invoke(Inner, args);
    }
}
