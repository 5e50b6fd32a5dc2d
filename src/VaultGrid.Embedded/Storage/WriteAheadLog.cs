using Microsoft.Data.Sqlite;

namespace VaultGrid.Embedded.Storage;

/// <summary>
/// Brings pages from the write-ahead log home into the database, beside the writer: a lot takes tens of milliseconds, for which nobody who waits for a
/// commit should wait too. What was written meanwhile is a handful of pages; the writer takes those home itself, so that the log, all at home, begins anew.
/// </summary>
/// <param name="writer">The connection that writes; its own checkpoints are off.</param>
/// <param name="beside">A second connection, used by nobody else; disposed of here.</param>
/// <param name="file">The log's file.</param>
internal sealed class WriteAheadLog(SqliteSession writer, SqliteSession beside, string file) : IAsyncDisposable
{
    // 32 MiB: keys are random, so the writer touches pages everywhere, and a page that changed often goes home once.
    private const int Lot = 8192;

    // Of a lot, and of what comes while it is brought home.
    private const long Room = 40L * 1024 * 1024;

    private readonly LogRoom _room = new(file, Room);
    private Task _homecoming = Task.CompletedTask;
    private bool _isUnderWay;
    private long _home;

    /// <summary>Called on the writer's thread, between transactions.</summary>
    public void Committed()
    {
        _room.Keep(writer.PagesWritten);
        if (!_isUnderWay)
        {
            if (writer.PagesWritten - _home >= Lot)
            {
                _isUnderWay = true;
                _homecoming = Task.Factory.StartNew(() => Checkpoint(beside), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }
        else if (_homecoming.IsCompleted)
        {
            Checkpoint(writer);
            _home = writer.PagesWritten;
            _isUnderWay = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _homecoming;
        beside.Dispose();
        _room.Dispose();
    }

    // Passive: waits for nobody. What can't be done now is done with the next lot, or when the file is closed; until then the log keeps it.
    private static void Checkpoint(SqliteSession session)
    {
        try
        {
            session.First("PRAGMA wal_checkpoint(PASSIVE)", static row => row.Number(0));
        }
        catch (SqliteException)
        {
            // A full disk, say. Whoever commits hears of it; what was committed is in the log.
        }
    }
}
