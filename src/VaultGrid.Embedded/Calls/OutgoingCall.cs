using Orleans;
using Orleans.Runtime;
using VaultGrid.Embedded.Activations;

namespace VaultGrid.Embedded.Calls;

/// <summary>Takes a call through the outgoing filters before it is sent.</summary>
internal sealed class OutgoingCall<TResult>(GrainReferenceProxy reference, CallMethod<TResult> method, object?[] arguments)
    : FilteredCall<TResult>(method, arguments), IOutgoingGrainCallContext
{
    public override object Grain => reference;

    public override GrainId? SourceId => SourceContext?.GrainId;

    public override GrainId TargetId => reference.GrainId;

    public IGrainContext? SourceContext { get; } = ActivationContext.Current;

    public static Task<TResult> RunAsync(GrainReferenceProxy reference, CallMethod<TResult> method, object?[] arguments) =>
        new OutgoingCall<TResult>(reference, method, arguments).RunAsync();

    protected override async Task<bool> FilterAsync(int stage)
    {
        var filters = reference.Engine.OutgoingFilters;
        if (stage >= filters.Length)
        {
            return false;
        }

        await filters[stage].Invoke(this);
        return true;
    }

    protected override Task<TResult> CallAsync() => Called.SendUnfiltered(reference, Arguments);
}
