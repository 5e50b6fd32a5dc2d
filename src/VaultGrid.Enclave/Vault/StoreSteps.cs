using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace VaultGrid.Enclave;

/// <summary>
/// What was kept since the store was written as a whole: <c>epoch (32)</c>, then records, each <c>length (4) ‖ AES-256-GCM</c>, under a key that belongs to this store and epoch, each bound
/// to its number and the one before it. The epoch is the hash of the store's file: beside any other file the records count for nothing.
/// </summary>
/// <remarks>
/// A record that a crash cut off was never followed by an answer, so it counts as not written; one that is whole and yet wrong was changed. To tell them apart nothing but zeros stands
/// behind the last record. The file keeps its length, so that a record comes to disk without a change of the file system's own records.
/// </remarks>
internal sealed class StoreSteps(string path, Func<Hash256, SecretBytes> keys) : IDisposable
{
    private const int Longest = 1024 * 1024 * 1024;
    private const int Room = 256 * 1024;
    private const int Sector = 512;

    private SafeFileHandle? _file;
    private SecretBytes? _key;
    private Hash256 _epoch;
    private Hash256 _previous;
    private uint _number;
    private long _length;

    /// <summary>How far the records go; 0 where there are none since the store was written as a whole.</summary>
    public long End { get; private set; }

    /// <summary>The store was written as a whole: what was kept before counts no more.</summary>
    /// <param name="epoch">The hash of its file.</param>
    public void Begin(Hash256 epoch)
    {
        _key?.Dispose();
        (_epoch, _key, _number, _previous) = (epoch, keys(epoch), 0, default);
        if (_file is null && File.Exists(path))
        {
            Open();
            End = _length;
        }

        Blank(End);
        End = 0;
    }

    /// <summary>Appends a record; it is on disk when this returns.</summary>
    /// <param name="record">The record; stays the caller's.</param>
    /// <exception cref="IOException">It may or may not be on disk.</exception>
    public void Append(SecretBuffer record)
    {
        var isFirst = End == 0;
        var start = isFirst ? Hash256.Length : End;
        var frame = new byte[sizeof(uint) + record.Length + Aes256Gcm.Overhead];
        var box = frame.AsSpan(sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)box.Length);
        Aes256Gcm.Seal(_key!, record, AdditionalData(), box);
        Lengthen(start + frame.Length);
        if (isFirst) RandomAccess.Write(_file!, _epoch.AsSpan(), 0);
        RandomAccess.Write(_file!, frame, start);
        DurableFile.SyncData(_file!);
        (End, _previous) = (start + frame.Length, Hash256.Sha256(box));
        _number++;
    }

    /// <summary>Reads what is there beside a store.</summary>
    /// <param name="epoch">The hash of the store's file.</param>
    /// <param name="take">Takes a record, which stays this method's; a refusal ends the reading.</param>
    /// <returns>Refuses what was changed: <c>store.tampered</c>.</returns>
    public Outcome<Done> Read(Hash256 epoch, Func<SecretBytes, Refusal?> take)
    {
        (_epoch, _key) = (epoch, keys(epoch));
        if (!File.Exists(path)) return default(Done);
        Open();
        var bytes = new byte[Math.Min(_length, Longest)];
        if (RandomAccess.Read(_file!, bytes, 0) != bytes.Length) throw new IOException("the steps of the store could not be read");
        if (bytes.Length < Hash256.Length || new Hash256(bytes.AsSpan(0, Hash256.Length)) != epoch)
        {
            Blank(_length);
            return default(Done);
        }

        var at = Hash256.Length;
        while (Next(bytes.AsSpan(at)) is > 0 and var length)
        {
            if (length > bytes.Length - at - sizeof(uint) || !Aes256Gcm.Open(_key, bytes.AsSpan(at + sizeof(uint), length), AdditionalData()).Is(out var record, out _))
            {
                if (!IsTorn(bytes.AsSpan(at), sizeof(uint) + length, at)) return new Refusal(RefusalCode.StoreTampered, $"the store was changed: its step {_number + 1} does not authenticate");
                Notices.Say($"the store's last step was not whole, and never answered: cut behind step {_number}");
                break;
            }

            using (record)
            {
                if (take(record) is { } refusal) return refusal;
            }

            _previous = Hash256.Sha256(bytes.AsSpan(at + sizeof(uint), length));
            _number++;
            at += sizeof(uint) + length;
        }

        End = at;
        if (bytes.AsSpan(at).ContainsAnyExcept((byte)0)) Cut(bytes, at);
        return default(Done);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _key?.Dispose();
        _file?.Dispose();
    }

    private static int Next(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < sizeof(uint)) return 0;
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        return length == 0 && rest.ContainsAnyExcept((byte)0) ? int.MaxValue - sizeof(uint) : (int)Math.Min(length, int.MaxValue - sizeof(uint));
    }

    // A write that never came to its end: the file ends within it, or a sector of it was not written and holds zeros still, and nothing stands behind it.
    private static bool IsTorn(ReadOnlySpan<byte> rest, int length, long at)
    {
        var written = rest.LastIndexOfAnyExcept((byte)0) + 1;
        var isUnnamed = BinaryPrimitives.ReadUInt32BigEndian(rest) == 0;
        if (!isUnnamed && (written > length || length > rest.Length)) return length > rest.Length;
        var whole = isUnnamed ? written : length;
        for (var (start, next) = (0, (int)(Sector - (at % Sector))); start < whole; (start, next) = (next, next + Sector))
        {
            if (!rest[start..Math.Min(next, whole)].ContainsAnyExcept((byte)0)) return true;
        }

        return false;
    }

    // What was cut off must not stand behind the next record.
    private void Cut(byte[] bytes, int at)
    {
        RandomAccess.Write(_file!, new byte[bytes.Length - at], at);
        DurableFile.SyncData(_file!);
    }

    private void Blank(long length)
    {
        if (length == 0) return;
        RandomAccess.Write(_file!, new byte[length], 0);
        DurableFile.SyncData(_file!);
    }

    // Zeros, written and not only promised: blocks that were never written would be a change of the file system's records again.
    private void Lengthen(long needed)
    {
        Open();
        if (needed <= _length) return;
        var zeros = new byte[((needed - _length + Room - 1) / Room) * Room];
        RandomAccess.Write(_file!, zeros, _length);
        _length += zeros.Length;
    }

    private void Open()
    {
        if (_file is not null) return;
        var isNew = !File.Exists(path);
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _length = RandomAccess.GetLength(_file);
        if (isNew) DurableFile.SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private byte[] AdditionalData() => new WireWriter().Fixed("VaultGrid/v1/store-step\0"u8).Hash(_epoch).U32(_number).Hash(_previous).ToArray();
}
