using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace VaultGrid.Enclave;

/// <summary>
/// The state of one ceremony on disk: <c>epoch (32)</c>, then snapshots, each <c>length (4) ‖ AES-256-GCM</c>, the last of which counts. Each is bound to its epoch, its number and
/// the one before it. A snapshot that a crash cut off was never followed by a message, so it counts as not written.
/// </summary>
/// <remarks>
/// The file keeps its length from one ceremony to the next, so that a snapshot comes to disk without a change of the file system's own records, in a quarter of the time. What an
/// earlier ceremony left behind the last snapshot opens under no other epoch's key; an epoch of zeros is none, and without it nobody derives the key again.
/// </remarks>
internal sealed class CeremonyJournal : IDisposable
{
    private const int Longest = 4 * 1024 * 1024;
    private const int Step = 64 * 1024;

    private readonly Func<Hash256, SecretBytes> _keys;
    private readonly Action<CeremonyJournal> _free;
    private readonly SafeFileHandle _file;
    private SecretBytes? _key;
    private Hash256 _epoch;
    private Hash256 _previous;
    private uint _number;
    private long _end;
    private long _length;

    public CeremonyJournal(string path, Func<Hash256, SecretBytes> keys, Action<CeremonyJournal> free)
    {
        (_keys, _free) = (keys, free);
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        _length = RandomAccess.GetLength(_file);
    }

    /// <summary>Seals a snapshot and appends it.</summary>
    /// <param name="snapshot">The state; stays the caller's.</param>
    /// <param name="isDurable">True where it must be on disk when this returns, whatever happens to the machine; else a killed process loses nothing, and the next durable one keeps it too.</param>
    /// <exception cref="IOException">It may or may not be on disk.</exception>
    public void Append(SecretBytes snapshot, bool isDurable)
    {
        var start = _end;
        if (_key is null)
        {
            using var epoch = SecretBytes.Random(Hash256.Length);
            Begin(new Hash256(epoch.Span));
            Lengthen(Hash256.Length);
            RandomAccess.Write(_file, _epoch.AsSpan(), 0);
            start = Hash256.Length;
        }

        var box = Aes256Gcm.Seal(_key!, snapshot.Span, AdditionalData());

        // The length of what comes next is zero, whatever an earlier ceremony left there.
        var frame = new byte[sizeof(uint) + box.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)box.Length);
        box.CopyTo(frame, sizeof(uint));
        Lengthen(start + frame.Length);
        RandomAccess.Write(_file, frame, start);
        if (isDurable) DurableFile.SyncData(_file);
        (_end, _previous) = (start + sizeof(uint) + box.Length, Hash256.Sha256(box));
        _number++;
    }

    /// <summary>The last whole snapshot, or null where there is none; the caller disposes of it.</summary>
    public SecretBytes? ReadLast()
    {
        var bytes = new byte[Math.Min(_length, Longest)];
        if (RandomAccess.Read(_file, bytes, 0) != bytes.Length || bytes.Length < Hash256.Length || new Hash256(bytes.AsSpan(0, Hash256.Length)) == default) return null;
        Begin(new Hash256(bytes.AsSpan(0, Hash256.Length)));
        var rest = bytes.AsSpan(Hash256.Length);
        SecretBytes? last = null;
        while (rest.Length >= sizeof(uint))
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length == 0 || length > rest.Length - sizeof(uint)) break;
            var box = rest.Slice(sizeof(uint), (int)length);
            if (!Aes256Gcm.Open(_key!, box, AdditionalData()).Is(out var snapshot, out _)) break;
            last?.Dispose();
            (last, _previous) = (snapshot, Hash256.Sha256(box));
            _number++;
            rest = rest[(sizeof(uint) + box.Length)..];
        }

        _end = bytes.Length - rest.Length;
        if (last is null) Clear();
        return last;
    }

    /// <summary>Empties the slot, for the next ceremony.</summary>
    public void Release()
    {
        Clear();
        _free(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _key?.Dispose();
        _file.Dispose();
    }

    private void Clear()
    {
        if (_length > 0) RandomAccess.Write(_file, default(Hash256).AsSpan(), 0);
        _key?.Dispose();
        (_key, _end) = (null, 0);
    }

    // Zeros, written and not only promised: blocks that were never written would be a change of the file system's records again.
    private void Lengthen(long needed)
    {
        if (needed <= _length) return;
        var zeros = new byte[((needed - _length + Step - 1) / Step) * Step];
        RandomAccess.Write(_file, zeros, _length);
        _length += zeros.Length;
    }

    private void Begin(Hash256 epoch)
    {
        (_epoch, _key, _number, _previous) = (epoch, _keys(epoch), 0, default);
    }

    private byte[] AdditionalData() => new WireWriter().Fixed("VaultGrid/v1/ceremony-snapshot\0"u8).Hash(_epoch).U32(_number).Hash(_previous).ToArray();
}
