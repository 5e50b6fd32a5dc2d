using Microsoft.Win32.SafeHandles;

namespace VaultGrid.Enclave;

/// <summary>The files of one chain: the last is appended to by one thread, all are read by any.</summary>
internal sealed class AuditFile : IDisposable
{
    /// <summary>How long a file gets before the next is begun.</summary>
    public const long UsualLength = 64L * 1024 * 1024;

    // A reader finds its place from here on in at most this many bytes.
    private const long IndexEvery = 1024 * 1024;

    // A file grows by so many zeros at once: what overwrites them needs no new record of the file system to be durable, which takes a disk a quarter of the time.
    private static readonly byte[] Extent = new byte[256 * 1024];

    private readonly AuditFolder _folder;
    private readonly CertificateKey _chain;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, List<(ulong First, long At)>> _index = [];
    private SafeFileHandle? _handle;
    private ulong _first;
    private long _length;
    private long _room;
    private bool _hasAppended;

    public AuditFile(AuditFolder folder, CertificateKey chain) => (_folder, _chain) = (folder, chain);

    /// <summary>Goes on behind what was found in the last file, over the zeros that follow it.</summary>
    public void Continue(SafeFileHandle handle, ulong first, long length, long room) => (_handle, _first, _length, _room) = (handle, first, length, room);

    /// <summary>Remembers where a batch stands.</summary>
    public void Note(ulong file, ulong first, long at)
    {
        lock (_gate)
        {
            if (!_index.TryGetValue(file, out var places)) _index[file] = places = [];
            if (places.Count == 0 || at - places[^1].At >= IndexEvery) places.Add((first, at));
        }
    }

    /// <summary>Appends a batch, durably.</summary>
    public void Append(AuditBatch batch, AuditHead head)
    {
        var first = head.Number - (ulong)batch.Entries.Count + 1;
        if (_handle is null || _length >= _folder.SegmentBytes) Roll(first, AuditEntry.Parse(batch.Entries[0].Span).Value.Previous);
        var bytes = AuditFrame.Batch(batch, head.Number);
        Note(_first, first, _length);
        _hasAppended = true;
        if (_length + bytes.Length <= _room)
        {
            RandomAccess.Write(_handle!, bytes, _length);
            DurableFile.SyncData(_handle!);
        }
        else
        {
            var zeros = (int)Math.Clamp(_folder.SegmentBytes - _length - bytes.Length, 0, Extent.Length);
            RandomAccess.Write(_handle!, [bytes, Extent.AsMemory(0, zeros)], _length);
            RandomAccess.FlushToDisk(_handle!);
            _room = _length + bytes.Length + zeros;
        }

        _length += bytes.Length;
    }

    /// <summary>Batches from the one that holds an entry, to the last that is on disk, up to so many bytes (at least one).</summary>
    public Outcome<IReadOnlyList<AuditBatch>> Read(ulong from, ulong to, int bytes)
    {
        var batches = new List<AuditBatch>();
        var firsts = _folder.Firsts(_chain);
        var start = firsts.FindLastIndex(first => first <= from);
        if (start < 0) return new Refusal(RefusalCode.AuditUnknown, $"entry {from} isn't here any more: its file was moved away; the first here is {firsts.FirstOrDefault()}");
        var next = from;
        for (var i = start; i < firsts.Count && firsts[i] <= to && bytes > 0; i++)
        {
            using var file = File.OpenHandle(_folder.FileOf(_chain, firsts[i]), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var at = Place(firsts[i], from);
            var prefix = new byte[AuditFrame.Prefix];
            while (bytes > 0 && next <= to && RandomAccess.Read(file, prefix, at) == prefix.Length)
            {
                var (length, last) = AuditFrame.ReadPrefix(prefix);
                if (length is 0 or > AuditFrame.Longest || last > to) break;
                if (last >= from)
                {
                    if (!Batch(file, at, length).Is(out var batch, out var refusal)) return refusal;
                    if (batches.Count > 0 && bytes < (int)length) return batches;
                    batches.Add(batch);
                    bytes -= (int)length;
                }

                at += AuditFrame.Prefix + length;
                next = Math.Max(next, last + 1);
                Note(firsts[i], last + 1, at);
            }
        }

        return batches.Count > 0
            ? batches
            : new Refusal(RefusalCode.AuditUnknown, $"entry {from} isn't here: its file was moved away");
    }

    /// <summary>Closes the file, and cuts off the zeros behind what was appended.</summary>
    public void Dispose()
    {
        if (_hasAppended && _handle is { IsClosed: false }) RandomAccess.SetLength(_handle, _length);
        _handle?.Dispose();
    }

    private static Outcome<AuditBatch> Batch(SafeFileHandle file, long at, uint length)
    {
        var bytes = new byte[length];
        var read = RandomAccess.Read(file, bytes, at + AuditFrame.Prefix);
        var reader = new WireReader(bytes.AsSpan(0, read));
        var batch = AuditBatch.Read(ref reader);
        return reader.End("a batch of the audit log", out var refusal, RefusalCode.AuditTampered) ? batch : refusal;
    }

    // Where the last known batch stands that begins at or before an entry.
    private long Place(ulong file, ulong number)
    {
        lock (_gate)
        {
            if (!_index.TryGetValue(file, out var places)) return AuditFrame.HeadLength;
            var known = places.FindLastIndex(place => place.First <= number);
            return known < 0 ? AuditFrame.HeadLength : places[known].At;
        }
    }

    private void Roll(ulong first, Hash256 before)
    {
        Dispose();
        _handle = null;
        _folder.Make();
        _handle = File.OpenHandle(_folder.FileOf(_chain, first), FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        var head = AuditFrame.Head(first, before);
        RandomAccess.Write(_handle, head, 0);
        _folder.Sync();
        (_first, _length, _room) = (first, head.Length, head.Length);
    }
}
