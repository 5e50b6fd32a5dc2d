using System.Collections.Concurrent;

namespace VaultGrid.Embedded.Activations;

/// <summary>
/// Runs the turns of one activation one after the other, on whichever pool thread is free. Where a turn has another activation go on, as calls and answers do, the
/// same thread goes on with that one when the turn ends: to wake another thread takes longer than most turns.
/// </summary>
internal sealed class TurnScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    // After so many turns the thread goes to other activations first.
    private const int Quantum = 64;

    // And after so many activations one after the other it goes to the pool's other work.
    private const int Chain = 16;

    private static readonly ExecutionContext Clean = CaptureClean();

    [ThreadStatic]
    private static bool _isChaining;

    [ThreadStatic]
    private static TurnScheduler? _next;

    private readonly ConcurrentQueue<Task> _turns = new();
    private int _scheduled;

    public override int MaximumConcurrencyLevel => 1;

    public void Execute()
    {
        _isChaining = true;
        var next = this;
        try
        {
            for (var i = 0; i < Chain && next is not null; i++)
            {
                next.RunTurns();
                (next, _next) = (_next, null);
            }
        }
        finally
        {
            _isChaining = false;
            next?.Queue();
        }
    }

    /// <summary>Starts a turn that inherits nothing from whoever asks for it.</summary>
    public void StartTurn(Action<object?> turn, object state)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            Create(turn, state).Start(this);
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            Create(turn, state).Start(this);
        }
    }

    protected override void QueueTask(Task task)
    {
        _turns.Enqueue(task);
        Wake();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        ReferenceEquals(ActivationContext.Current, activation) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _turns.ToArray();

    private static Task Create(Action<object?> turn, object state) => new(turn, state, CancellationToken.None, TaskCreationOptions.None);

    private static ExecutionContext CaptureClean()
    {
        ExecutionContext? clean = null;
        var thread = new Thread(() => clean = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return clean!;
    }

    private void RunTurns()
    {
        var outer = ActivationContext.Current;
        ActivationContext.Current = activation;
        try
        {
            for (var i = 0; i < Quantum && _turns.TryDequeue(out var turn); i++)
            {
                // A call's first turn carries no execution context: without this it would inherit its predecessor's.
                ExecutionContext.Restore(Clean);
                TryExecuteTask(turn);
            }
        }
        finally
        {
            ActivationContext.Current = outer;
        }

        Interlocked.Exchange(ref _scheduled, 0);
        if (!_turns.IsEmpty && Interlocked.CompareExchange(ref _scheduled, 1, 0) == 0) Queue();
    }

    private void Wake()
    {
        if (Interlocked.CompareExchange(ref _scheduled, 1, 0) != 0) return;
        if (!_isChaining)
        {
            Queue();
            return;
        }

        // The thread keeps one: of several that a turn wakes the others run beside it.
        var before = _next;
        _next = this;
        before?.Queue();
    }

    private void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
}
