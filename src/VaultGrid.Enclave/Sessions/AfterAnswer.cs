namespace VaultGrid.Enclave;

/// <summary>Work that the call on this thread leaves until its answer has gone, or waits for nothing but the audit log: begun at once, it would take a processor from whom the answer is for.</summary>
internal static class AfterAnswer
{
    [ThreadStatic]
    private static Action? _work;

    /// <summary>Leaves work that is neither waited for nor allowed to fail.</summary>
    public static void Do(Action work) => _work += work;

    /// <summary>Does what the call on this thread has left.</summary>
    public static void Run() => Taken()?.Invoke();

    /// <summary>The same by another thread, where this one goes on with the answer.</summary>
    public static void RunElsewhere()
    {
        if (Taken() is { } work) ThreadPool.UnsafeQueueUserWorkItem(static work => work(), work, preferLocal: false);
    }

    private static Action? Taken()
    {
        var work = _work;
        _work = null;
        return work;
    }
}
