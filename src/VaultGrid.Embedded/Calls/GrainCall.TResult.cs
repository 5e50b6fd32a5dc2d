using System.Diagnostics;
using Orleans;
using Orleans.Runtime;
using VaultGrid.Embedded.Activations;
using VaultGrid.Embedded.Engine;

namespace VaultGrid.Embedded.Calls;

/// <summary>A method call. Answered once, by whoever is first: the grain, the caller's cancellation or the clock.</summary>
#pragma warning disable CA1001 // The token source has no timer and no wait handle: nothing to dispose.
internal sealed class GrainCall<TResult>(GrainEngine engine, GrainId target, CallMethod<TResult> method, object?[] arguments)
    : GrainCall(engine, target)
#pragma warning restore CA1001
{
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _callersCancellation;

    public Task<TResult> Answer => _answer.Task;

    public override bool Interleaves => method.AlwaysInterleaves;

    /// <summary>Gives the grain a token of its own: the caller's may be cancelled on any thread, the grain hears of it in a turn.</summary>
    public void LinkCancellation(int argument)
    {
        var callers = (CancellationToken)arguments[argument]!;
        _cancellation = new CancellationTokenSource();
        arguments[argument] = _cancellation.Token;
        if (callers.CanBeCanceled)
        {
            _callersCancellation = callers.UnsafeRegister(
                static (state, token) => ((GrainCall<TResult>)state!).CancelledByCaller(token), this);
        }
    }

    public override async Task RunAsync(Activation activation)
    {
        if (_answer.Task.IsCompleted)
        {
            // Given up while it waited: the grain need not know.
            activation.Finished(this, null);
            return;
        }

        RequestContext.Snapshot = Context;
        Activity.Current = Trace;
        TResult result;
        try
        {
            result = Engine.IncomingFilters.Length == 0 && activation.GrainInstance is not IIncomingGrainCallFilter
                ? await method.InvokeAsync(activation.GrainInstance!, arguments)
                : await IncomingCall<TResult>.RunAsync(this, activation, method, arguments);
            result = Engine.Copier.Copy(result);
        }
#pragma warning disable CA1031 // Whatever the grain throws is the caller's to see.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            activation.Finished(this, exception);
            Fail(exception);
            return;
        }

        activation.Finished(this, null);
        _callersCancellation.Unregister();
        _answer.TrySetResult(result);
    }

    public override void Fail(Exception exception)
    {
        _callersCancellation.Unregister();
        if (exception is OperationCanceledException cancelled && cancelled.CancellationToken.IsCancellationRequested)
        {
            _answer.TrySetCanceled(cancelled.CancellationToken);
        }
        else
        {
            _answer.TrySetException(Engine.Copier.Travelling(exception));
        }
    }

    public override void Expire(TimeSpan timeout)
    {
        if (_answer.TrySetException(new TimeoutException(
            $"{method.Name} of {Target} was not answered within {timeout}. It may still run, or have run.")))
        {
            CancelTheGrain();
        }
    }

    private void CancelledByCaller(CancellationToken token)
    {
        if (_answer.TrySetCanceled(token))
        {
            Host?.Withdraw(this);
            CancelTheGrain();
        }
    }

    private void CancelTheGrain()
    {
        if (_cancellation is { } cancellation)
        {
            Host?.StartTurn(cancellation.Cancel);
        }
    }
}
