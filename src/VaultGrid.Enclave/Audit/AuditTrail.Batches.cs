using System.Diagnostics;
using VaultGrid.Enclave.Contracts.Framing;

namespace VaultGrid.Enclave;

/// <content>Batches on their way to disk: who brings them, and what wakes whom.</content>
internal sealed partial class AuditTrail
{
    private void WriteBatches()
    {
        while (Take() is { } batch && Bring(batch))
        {
        }
    }

    private bool Bring(Batch batch)
    {
        try
        {
            _file!.Append(new AuditBatch(batch.Entries, batch.Key.Sign(batch.Head.ToBytes())), batch.Head);
            Keep(batch.Head.Number, batch.Head.Hash);
            return true;
        }
        catch (Exception failed)
        {
            Notices.Failed("the audit log could not be written", failed);
            Break();
            if (failed is OutOfMemoryException) throw;
            return false;
        }
    }

    private Batch? Take()
    {
        lock (_gate)
        {
            while (!_broken)
            {
                if (!_writing && (_stopping || (_hurry && _queue.Count > 0)))
                {
                    GatherNeedsLock();
                    return TakeNeedsLock();
                }

                // Entries that nobody waits for lie for a moment: the next batch takes them along, or this thread brings them then.
                _ticking = !_writing && _queue.Count > 0;
                if (!_ticking) Monitor.Wait(_gate);
                else if (!Monitor.Wait(_gate, Soon)) _hurry = _queue.Count > 0;
            }

            return null;
        }
    }

    // Where nobody else has come, the thread of a call brings its entry to disk: it is awake already, and the log's own would have to be woken.
    private Batch? TakeAloneNeedsLock() =>
        !_writing && !_gathering && !_stopping && _before <= Crowd && Volatile.Read(ref _expected) == 0 ? TakeNeedsLock() : null;

    // While a batch is on its way nobody need be woken: whoever brings it sees to what has come meanwhile.
    private void WakeNeedsLock()
    {
        _hurry = true;
        if (!_writing && _queue.Count >= _wanted) Monitor.PulseAll(_gate);
    }

    private void TickNeedsLock()
    {
        if (_ticking || _writing || _gathering) return;
        _ticking = true;
        Monitor.PulseAll(_gate);
    }

    private void SleepNeedsLock(ulong number)
    {
        _sleepers++;
        while (_kept < number && !_broken)
        {
            WakeNeedsLock();
            Monitor.Wait(_gate);
        }

        _sleepers--;
    }

    // One batch is on its way at a time, whichever thread brings it.
    private Batch? TakeNeedsLock()
    {
        if (_queue.Count == 0 || _key is null) return null;
        var entries = new List<ReadOnlyMemory<byte>>(Math.Min(_queue.Count, AuditBatch.Most));
        var bytes = 0;
        while (entries.Count < AuditBatch.Most && bytes < BatchBytes && _queue.TryDequeue(out var entry))
        {
            entries.Add(entry);
            bytes += entry.Length;
        }

        var (number, hash, time) = (_last, _lastHash, _lastTime);
        if (_queue.Count > 0)
        {
            var end = AuditEntry.Parse(entries[^1].Span).Value;
            (number, hash, time) = (end.Number, AuditEntry.HashOf(entries[^1].Span), end.Time);
        }

        _leaving = number;
        (_writing, _before, _hurry) = (true, _sleepers + _waiting.Count(waiting => waiting.Number <= number), _hurry && _queue.Count > 0);
        return new Batch(entries, new AuditHead(_node, number, hash, time, default), _key);
    }

    private void GatherNeedsLock()
    {
        _wanted = _before > Crowd ? _before / 2 : 1;
        _gathering = true;
        Interlocked.MemoryBarrier();
        var since = Stopwatch.GetTimestamp();
        while ((Volatile.Read(ref _expected) > 0 || _queue.Count < _wanted) && _queue.Count < AuditBatch.Most && !_stopping)
        {
            var left = Patience - Stopwatch.GetElapsedTime(since);
            if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left)) break;
        }

        (_gathering, _wanted) = (false, 1);
    }

    private void Arrived()
    {
        if (Interlocked.Decrement(ref _expected) > 0 || !_gathering) return;
        lock (_gate) Monitor.PulseAll(_gate);
    }

    private void Keep(ulong number, Hash256 hash)
    {
        List<Action<bool>> done = [];
        lock (_gate)
        {
            (_kept, _keptHash, _writing) = (number, hash, false);
            _waiting.RemoveAll(waiting =>
            {
                if (waiting.Number > number) return false;
                done.Add(waiting.Done);
                return true;
            });
            if (_sleepers > 0 || _queue.Count > 0 || _stopping) Monitor.PulseAll(_gate);
        }

        // Answers to many calls, in one write to each caller.
        using (FrameSender.Gather())
        {
            foreach (var each in done) each(true);
        }
    }

    private void Break()
    {
        List<Action<bool>> done;
        lock (_gate)
        {
            (_broken, _writing) = (true, false);
            done = [.. _waiting.Select(waiting => waiting.Done)];
            _waiting.Clear();
            Monitor.PulseAll(_gate);
        }

        foreach (var each in done) each(false);
    }

    [DebuggerDisplay("Batch(redacted)")]
    private sealed class Batch(IReadOnlyList<ReadOnlyMemory<byte>> entries, AuditHead head, IDeviceKey key)
    {
        public IReadOnlyList<ReadOnlyMemory<byte>> Entries => entries;

        public AuditHead Head => head;

        public IDeviceKey Key => key;
    }
}
