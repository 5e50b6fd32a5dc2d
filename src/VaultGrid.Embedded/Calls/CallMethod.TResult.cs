using System.Reflection;
using Orleans.Runtime;

namespace VaultGrid.Embedded.Calls;

/// <summary>A method whose answer is a <typeparamref name="TResult"/>.</summary>
/// <param name="method">The interface method.</param>
/// <param name="invoke">Calls the method on a grain.</param>
/// <param name="present">Turns the answer's task into the declared return type.</param>
internal sealed class CallMethod<TResult>(
    MethodInfo method, Func<object, object?[], Task<TResult>> invoke, Func<Task<TResult>, object> present) : CallMethod(method)
{
    public Task<TResult> InvokeAsync(object grain, object?[] arguments) => invoke(grain, arguments);

    public override object Send(GrainReferenceProxy reference, object?[] arguments) =>
        present(reference.Engine.OutgoingFilters.Length == 0
            ? SendUnfiltered(reference, arguments)
            : OutgoingCall<TResult>.RunAsync(reference, this, arguments));

    public Task<TResult> SendUnfiltered(GrainReferenceProxy reference, object?[] arguments)
    {
        var engine = reference.Engine;
        GrainCall<TResult> call;
        try
        {
            CopyArguments(engine.Copier, arguments);
            var context = RequestContext.Snapshot;
            call = new GrainCall<TResult>(engine, reference.GrainId, this, arguments)
            {
                Context = context is null ? null : engine.Copier.Copy(context),
                ReentrancyId = context is null ? Guid.Empty : RequestContext.ReentrancyId,
            };
            if (CancellationArgument >= 0)
            {
                call.LinkCancellation(CancellationArgument);
            }

            if (!call.Answer.IsCompleted)
            {
                engine.Send(call);
            }
        }
#pragma warning disable CA1031 // Like every failure of a call, these reach the caller when it awaits.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Task.FromException<TResult>(exception);
        }

        return call.Answer;
    }
}
