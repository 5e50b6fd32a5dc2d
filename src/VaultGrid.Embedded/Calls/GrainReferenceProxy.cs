using System.Reflection;
using Orleans.Runtime;
using VaultGrid.Embedded.Engine;

namespace VaultGrid.Embedded.Calls;

/// <summary>A reference to a grain; the runtime derives a class from it for each grain interface.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it.
internal class GrainReferenceProxy : DispatchProxy, IAddressable
#pragma warning restore CA1852
{
    public GrainEngine Engine { get; private set; } = null!;

    public GrainId GrainId { get; private set; }

    public Type InterfaceType { get; private set; } = null!;

    public void Bind(GrainEngine engine, GrainId grainId, Type interfaceType) =>
        (Engine, GrainId, InterfaceType) = (engine, grainId, interfaceType);

    /// <summary>One more of the same class, not yet bound: all that a reference is, is what <see cref="Bind"/> gives it.</summary>
    public GrainReferenceProxy Another() => (GrainReferenceProxy)MemberwiseClone();

    public object As(Type interfaceType) =>
        interfaceType.IsInstanceOfType(this) ? this : Engine.References.Create(interfaceType, GrainId);

    public override bool Equals(object? obj) => obj is GrainReferenceProxy other && GrainId == other.GrainId;

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => GrainId.ToString();

    protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
        CallMethod.Of(targetMethod!).Send(this, args ?? []);
}
