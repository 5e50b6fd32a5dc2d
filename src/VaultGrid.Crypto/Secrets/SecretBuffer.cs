using System.Buffers.Binary;
using System.Diagnostics;

namespace VaultGrid.Crypto;

/// <summary>Builds a secret of unknown length piece by piece, in locked memory only. Growing wipes what is left behind.</summary>
[DebuggerDisplay("SecretBuffer(redacted)")]
public sealed class SecretBuffer : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private SecretBytes _bytes;

    /// <summary>An empty buffer.</summary>
    /// <param name="capacity">Bytes to reserve at first.</param>
    public SecretBuffer(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _bytes = new SecretBytes(capacity);
    }

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes that fit without growing.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>What was written; valid until the next write, and while this buffer is reachable.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal Span<byte> Span => _bytes.Span[..Length];

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Advance(bytes.Length));

    /// <summary>Appends a secret's bytes.</summary>
    public void Write(SecretBytes secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        Write(secret.Span);
        GC.KeepAlive(secret);
    }

    /// <summary>Appends one byte.</summary>
    public void WriteByte(byte value) => Advance(1)[0] = value;

    /// <summary>Appends an integer, big-endian, 2 bytes.</summary>
    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Advance(sizeof(ushort)), value);

    /// <summary>Appends an integer, big-endian, 4 bytes.</summary>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Advance(sizeof(uint)), value);

    /// <summary>Appends an integer, big-endian, 8 bytes.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Advance(sizeof(ulong)), value);

    /// <summary>Makes room for <paramref name="count"/> bytes at the end, counts them as written and hands them out to be filled.</summary>
    internal Span<byte> Advance(int count)
    {
        var needed = checked(Length + count);
        if (needed > _bytes.Length) Grow(needed);
        var room = _bytes.Span[Length..needed];
        Length = needed;
        return room;
    }

    /// <summary>Wipes what was written; the room stays locked.</summary>
    public void Clear()
    {
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(Span);
        GC.KeepAlive(this);
        Length = 0;
    }

    /// <summary>Copies what was written into a secret of exactly that length.</summary>
    public SecretBytes ToSecret() => _bytes.Slice(0, Length);

    /// <summary>Wipes everything.</summary>
    public void Dispose() => _bytes.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SecretBuffer(redacted)";

    private void Grow(int needed)
    {
        var larger = new SecretBytes(Math.Max(needed, checked(_bytes.Length * 2)));
        _bytes.Span[..Length].CopyTo(larger.Span);
        _bytes.Dispose();
        _bytes = larger;
    }
}
