using Microsoft.Win32.SafeHandles;

namespace VaultGrid.Enclave;

/// <summary>
/// Opens a log: finds the entry that the sealed store knows, and verifies every batch since. What a crash left half written at the very end is cut off, since nothing that
/// rests on it was ever answered; anything else that doesn't fit is refused, with the place.
/// </summary>
internal sealed class AuditRecovery
{
    private readonly AuditFolder _folder;
    private readonly NodeId _node;
    private readonly CertificateKey _key;
    private readonly AuditMark _mark;
    private readonly AuditFile _file;
    private AuditChain _chain;
    private AuditEntry? _last;
    private ulong _step;
    private bool _sawMark;

    private AuditRecovery(AuditFolder folder, NodeId node, CertificateKey key, AuditMark mark)
    {
        (_folder, _node, _key, _mark) = (folder, node, key, mark);
        (_file, _chain, _sawMark) = (new AuditFile(folder, key), new AuditChain(node, key), mark.Number == 0);
    }

    /// <summary>Opens it; <c>audit.truncated</c>, <c>audit.tampered</c>.</summary>
    public static Outcome<AuditFound> Open(AuditFolder folder, NodeId node, CertificateKey key, AuditMark mark) => new AuditRecovery(folder, node, key, mark).Open();

    private Outcome<AuditFound> Open()
    {
        var firsts = _folder.Firsts(_key);
        var start = Math.Max(firsts.FindLastIndex(first => first <= Math.Max(_mark.Number, 1)), 0);
        for (var i = start; i < firsts.Count; i++)
        {
            if (Follow(firsts[i], isFirst: i == start, isLast: i == firsts.Count - 1) is { } refusal)
            {
                _file.Dispose();
                return refusal;
            }
        }

        return _sawMark
            ? new AuditFound(_file, _chain.Number, _chain.Hash, _last?.Time ?? DateTimeOffset.UnixEpoch, _step)
            : Cut($"its last entry is {_chain.Number}");
    }

    private Refusal? Follow(ulong first, bool isFirst, bool isLast)
    {
        var handle = File.OpenHandle(_folder.FileOf(_key, first), FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var keep = false;
        try
        {
            var head = new byte[AuditFrame.HeadLength];
            var read = RandomAccess.Read(handle, head, 0);
            if (AuditFrame.ReadHead(head.AsSpan(0, read)) is not { } begins || begins.First != first)
            {
                // A file that was just begun when the enclave was killed holds no batch yet.
                if (!isLast || RandomAccess.GetLength(handle) > AuditFrame.HeadLength || isFirst && _mark.Number >= first) return Tampered(first, "the head of its file was changed");
                handle.Dispose();
                File.Delete(_folder.FileOf(_key, first));
                return null;
            }

            if (isFirst && first > 1)
            {
                if (first > _mark.Number) return Cut($"the file that holds it is gone; the first here begins with {first}");
                _chain = AuditChain.After(_node, _key, first - 1, begins.Before);
            }
            else if (first != _chain.Number + 1)
            {
                return new Refusal(RefusalCode.AuditTruncated, $"the audit log was cut: entries {_chain.Number + 1} to {first - 1} are missing");
            }

            if (Batches(handle, first, isLast) is { } refusal) return refusal;
            keep = isLast;
            return null;
        }
        finally
        {
            if (!keep) handle.Dispose();
        }
    }

    private Refusal? Batches(SafeFileHandle handle, ulong file, bool isLast)
    {
        var (at, end) = ((long)AuditFrame.HeadLength, RandomAccess.GetLength(handle));
        var prefix = new byte[AuditFrame.Prefix];
        while (at < end)
        {
            var known = _chain.Number;
            var read = RandomAccess.Read(handle, prefix, at);
            if (!prefix.AsSpan(0, read).ContainsAnyExcept((byte)0) && IsBlank(handle, at, end)) break;
            var whole = read == prefix.Length;
            var (length, _) = whole ? AuditFrame.ReadPrefix(prefix) : default;
            var next = at + AuditFrame.Prefix + length;
            var outcome = whole && length is > 0 and <= AuditFrame.Longest && next <= end
                ? Batch(handle, at + AuditFrame.Prefix, (int)length)
                : new Refusal(RefusalCode.AuditTampered, $"entry {known + 1}: its batch can't be read");
            if (outcome is null)
            {
                _file.Note(file, known + 1, at);
                at = next;
                continue;
            }

            // Only the last batch can have been under way when the enclave was killed, and nothing follows it.
            if (!isLast || !_sawMark || (whole && !IsTorn(handle, at, length, end))) return outcome;
            end = at;
            RandomAccess.SetLength(handle, end);
            RandomAccess.FlushToDisk(handle);
            Notices.Say($"the audit log ended in a batch that was not whole: cut behind entry {known}");
            break;
        }

        if (isLast) _file.Continue(handle, file, at, end);
        return null;
    }

    // A write that never came to its end: the file ends within it, or a sector was not written and holds zeros still, and nothing stands behind it. What is whole and yet wrong was changed.
    private static bool IsTorn(SafeFileHandle handle, long at, uint length, long end)
    {
        const int Sector = 512;
        if (length > AuditFrame.Longest) return false;
        var bytes = new byte[Math.Min(end - at, AuditFrame.Prefix + (long)AuditFrame.Longest)];
        if (RandomAccess.Read(handle, bytes, at) != bytes.Length || !IsBlank(handle, at + bytes.Length, end)) return false;

        // Where not even its length was written, it goes as far as anything stands.
        var written = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        var whole = length > 0 ? AuditFrame.Prefix + (int)length : written;
        if (whole > bytes.Length || written > whole) return whole > bytes.Length;
        for (var (start, next) = (0, (int)(Sector - (at % Sector))); start < whole; (start, next) = (next, next + Sector))
        {
            if (!bytes.AsSpan(start, Math.Min(next, whole) - start).ContainsAnyExcept((byte)0)) return true;
        }

        return false;
    }

    private static bool IsBlank(SafeFileHandle handle, long at, long end)
    {
        var bytes = new byte[64 * 1024];
        while (at < end)
        {
            var read = RandomAccess.Read(handle, bytes, at);
            if (read == 0) break;
            if (bytes.AsSpan(0, read).ContainsAnyExcept((byte)0)) return false;
            at += read;
        }

        return true;
    }

    private Refusal? Batch(SafeFileHandle handle, long at, int length)
    {
        var bytes = new byte[length];
        var read = RandomAccess.Read(handle, bytes, at);
        var reader = new WireReader(bytes.AsSpan(0, read));
        var batch = AuditBatch.Read(ref reader);
        if (!reader.End($"the batch behind entry {_chain.Number}", out var refusal, RefusalCode.AuditTampered)) return refusal;

        // A copy is followed, so that a batch that doesn't hold changes nothing.
        var ahead = AuditChain.After(_node, _key, _chain.Number, _chain.Hash);
        AuditEntry? last = null;
        var (step, saw) = (_step, _sawMark);
        foreach (var entry in batch.Entries)
        {
            if (!ahead.Follow(entry.Span).Is(out last, out refusal)) return refusal;
            if (last.Number == _mark.Number && ahead.Hash != _mark.Hash)
                return new Refusal(RefusalCode.AuditTampered, $"node {_node}, entry {last.Number}: the sealed store knows another: the log was changed");
            saw |= last.Number == _mark.Number;
            step = Math.Max(step, last.Step);
        }

        if (!ahead.Cover(batch.Signature.Span).Is(out _, out refusal)) return refusal;
        (_chain, _last, _step, _sawMark) = (ahead, last, step, saw);
        return null;
    }

    private Refusal Cut(string found) =>
        new(RefusalCode.AuditTruncated, $"the audit log was cut: the sealed store knows entry {_mark.Number}, but {found}; bring its files back, or have the node replaced");

    private static Refusal Tampered(ulong entry, string why) => new(RefusalCode.AuditTampered, $"the audit log at entry {entry}: {why}");
}
