using System.Collections.Concurrent;

namespace VaultGrid.Embedded.Storage;

/// <summary>The one thread that changes a database. It commits as many waiting changes at a time as there are.</summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int LargestGroup = 512;

    private readonly BlockingCollection<PendingChange> _waiting = [];
    private readonly SqliteSession _session;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SqliteWriter(SqliteSession session)
    {
        _session = session;
        new Thread(Run) { IsBackground = true, Name = "sqlite writer" }.Start();
    }

    public Task<TResult> EnqueueAsync<TResult>(Func<SqliteSession, TResult> change)
    {
        var pending = new PendingChange<TResult>(change);
        try
        {
            _waiting.Add(pending);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteDatabase));
        }

        return pending.Result;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.CompleteAdding();
        await _stopped.Task;
    }

    private void Run()
    {
        var group = new List<PendingChange>();
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            group.Add(first);
            Commit(group);
            group.Clear();
        }

        _session.Dispose();
        _waiting.Dispose();
        _stopped.SetResult();
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

            while (takesMore && at == group.Count - 1 && group.Count < LargestGroup && _waiting.TryTake(out var next))
            {
                group.Add(next);
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

    private void Execute(string sql) => _session.Command(sql).ExecuteNonQuery();
}
