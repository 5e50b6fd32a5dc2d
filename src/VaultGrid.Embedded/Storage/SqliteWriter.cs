namespace VaultGrid.Embedded.Storage;

/// <summary>
/// The one thread that changes a database. It commits as many waiting changes at a time as there are. Where many came together it waits a moment for as many to come again:
/// a commit costs hardly more for many changes than for one.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int LargestGroup = 512;

    // A caller alone has two changes under way, a grain's state and its row: below this nobody is kept waiting.
    private const int Crowd = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly Queue<PendingChange> _waiting = new();
    private readonly SqliteSession _session;
    private readonly WriteAheadLog _log;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _wanted;
    private bool _closed;

    /// <param name="session">The connection that writes.</param>
    /// <param name="beside">Another, for the log (<see cref="WriteAheadLog"/>).</param>
    /// <param name="log">The log's file.</param>
    public SqliteWriter(SqliteSession session, SqliteSession beside, string log)
    {
        (_session, _log) = (session, new WriteAheadLog(session, beside, log));
        new Thread(Run) { IsBackground = true, Name = "sqlite writer" }.Start();
    }

    public Task<TResult> EnqueueAsync<TResult>(Func<SqliteSession, TResult> change)
    {
        var pending = new PendingChange<TResult>(change);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteDatabase));
            _waiting.Enqueue(pending);
            WakeNeedsLock();
        }

        return pending.Result;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            WakeNeedsLock();
        }

        await _stopped.Task;
        await _log.DisposeAsync();
    }

    private void Run()
    {
        var group = new List<PendingChange>();
        for (var before = 0; Take(group, before); before = group.Count)
        {
            Commit(group);
            _log.Committed();
        }

        _session.Dispose();
        _stopped.SetResult();
    }

    // False when nothing more will come.
    private bool Take(List<PendingChange> group, int before)
    {
        group.Clear();
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closed)
            {
                WaitNeedsLock(1, Timeout.InfiniteTimeSpan);
            }

            if (before > Crowd && _waiting.Count < before && !_closed)
            {
                WaitNeedsLock(before, Patience);
            }
        }

        TakeMore(group);
        return group.Count > 0;
    }

    private void TakeMore(List<PendingChange> group)
    {
        lock (_gate)
        {
            while (group.Count < LargestGroup && _waiting.TryDequeue(out var next))
            {
                group.Add(next);
            }
        }
    }

    private void WaitNeedsLock(int wanted, TimeSpan patience)
    {
        _wanted = wanted;
        Monitor.Wait(_gate, patience);
        _wanted = 0;
    }

    private void WakeNeedsLock()
    {
        if (_wanted == 0 || (_waiting.Count < _wanted && !_closed))
        {
            return;
        }

        _wanted = 0;
        Monitor.Pulse(_gate);
    }

    // All together, which is all but always right; where one throws, each by itself, so that only that one is undone.
    private void Commit(List<PendingChange> group)
    {
        if (TryCommit(group, takesMore: true) || group.Count == 1)
        {
            return;
        }

        foreach (var change in group)
        {
            TryCommit([change], takesMore: false);
        }
    }

    // What comes while others are made is made with them: whoever writes two things at once waits for one commit.
    private bool TryApply(List<PendingChange> group, bool takesMore)
    {
        for (var at = 0; at < group.Count; at++)
        {
            if (!group[at].TryApply(_session))
            {
                return false;
            }

            if (takesMore && at == group.Count - 1)
            {
                TakeMore(group);
            }
        }

        return true;
    }

    private bool TryCommit(List<PendingChange> group, bool takesMore)
    {
        try
        {
            Execute("BEGIN IMMEDIATE");
            if (!TryApply(group, takesMore))
            {
                TryRollback();
                if (group.Count == 1)
                {
                    group[0].Acknowledge();
                }

                return false;
            }

            Execute("COMMIT");
        }
#pragma warning disable CA1031 // A full disk, say: everybody in the group hears of it, and the writer lives on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            TryRollback();
            foreach (var change in group)
            {
                change.Fail(exception);
            }

            return true;
        }

        foreach (var change in group)
        {
            change.Acknowledge();
        }

        return true;
    }

    private void TryRollback()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // SQLite had already rolled back by itself.
        }
    }

    private void Execute(string sql) => _session.Change(sql);
}
