using System.Collections.Concurrent;

namespace VaultGrid.Embedded.Activations;

/// <summary>Runs the turns of one activation one after the other, on whichever pool thread is free.</summary>
internal sealed class TurnScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    // After so many turns the thread goes to other activations first.
    private const int Quantum = 64;

    private static readonly ExecutionContext Clean = CaptureClean();

    private readonly ConcurrentQueue<Task> _turns = new();
    private int _scheduled;

    public override int MaximumConcurrencyLevel => 1;

    public void Execute()
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
        if (!_turns.IsEmpty)
        {
            Wake();
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

    private void Wake()
    {
        if (Interlocked.CompareExchange(ref _scheduled, 1, 0) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
    }
}
