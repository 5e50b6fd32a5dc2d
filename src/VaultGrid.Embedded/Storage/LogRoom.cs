using Microsoft.Win32.SafeHandles;

namespace VaultGrid.Embedded.Storage;

/// <summary>
/// Keeps room in a write-ahead log: zeros behind its frames, written before they are needed. What a commit overwrites needs neither new memory nor a new record of the file
/// system to be durable, which takes a quiet machine less than half the time. SQLite reads a log up to the first frame that is none, so zeros say nothing.
/// </summary>
/// <param name="log">The log's file; it may not be there yet.</param>
/// <param name="longest">Up to where room is made: the log usually begins anew before.</param>
internal sealed class LogRoom(string log, long longest) : IDisposable
{
    // With every page of a frame comes a head of 24 bytes (SQLite's file format, 4.1); the log has one of 32.
    private const long Frame = 4096 + 24;
    private const int Extent = 1024 * 1024;

    private static readonly byte[] Zeros = new byte[Extent];

    private SafeFileHandle? _file;
    private long _start;
    private long _room;
    private bool _isOver;

    /// <summary>Called by the writer between its transactions, so that nobody else appends.</summary>
    /// <param name="pages">How many pages it has written in all.</param>
    public void Keep(long pages)
    {
        // Where the log's end is at most: it may have begun anew.
        var end = _start + (pages * Frame);
        if (_isOver || (_file is not null && _room - end >= Extent / 2)) return;
        try
        {
            if (_file is null)
            {
                if (!File.Exists(log)) return;
                _file = File.OpenHandle(log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                _start = Math.Max(RandomAccess.GetLength(_file) - (pages * Frame), 0);
            }

            // Only ever behind what is there, whoever wrote it.
            var length = RandomAccess.GetLength(_file);
            _isOver = length + Extent > longest;
            if (_isOver) return;
            RandomAccess.Write(_file, Zeros, length);
            RandomAccess.FlushToDisk(_file);
            _room = length + Extent;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // A full disk, say. Whoever commits hears of it, if it is.
            _isOver = true;
        }
    }

    public void Dispose() => _file?.Dispose();
}
