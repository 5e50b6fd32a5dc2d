using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;
using VaultGrid.Embedded.Activations;

namespace VaultGrid.Embedded.Calls;

/// <summary>Takes a call through the incoming filters, then through the grain if it is a filter itself, then into the grain.</summary>
internal sealed class IncomingCall<TResult>(GrainCall call, Activation activation, CallMethod<TResult> method, object?[] arguments)
    : FilteredCall<TResult>(method, arguments), IIncomingGrainCallContext
{
    private static readonly ConcurrentDictionary<(Type, MethodInfo), MethodInfo> Implementations = new();

    public override object Grain => activation.GrainInstance!;

    public override GrainId? SourceId => call.Source;

    public override GrainId TargetId => call.Target;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod => Implementations.GetOrAdd((Grain.GetType(), InterfaceMethod), static pair =>
    {
        var (type, method) = pair;
        var map = type.GetInterfaceMap(method.DeclaringType!);
        return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, method)];
    });

    public static Task<TResult> RunAsync(GrainCall call, Activation activation, CallMethod<TResult> method, object?[] arguments) =>
        new IncomingCall<TResult>(call, activation, method, arguments).RunAsync();

    protected override async Task<bool> FilterAsync(int stage)
    {
        var filters = call.Engine.IncomingFilters;
        var filter = stage < filters.Length ? filters[stage]
            : stage == filters.Length ? Grain as IIncomingGrainCallFilter
            : null;
        if (filter is null)
        {
            return false;
        }

        await filter.Invoke(this);
        return true;
    }

    protected override Task<TResult> CallAsync() => Called.InvokeAsync(Grain, Arguments);
}
