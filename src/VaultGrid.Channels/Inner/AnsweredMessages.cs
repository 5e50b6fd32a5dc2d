using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VaultGrid.Channels;

/// <summary>
/// What was answered to which message, kept until the message expires: the same message again gets the same answer, and nothing is carried out twice
/// after it was answered. A directory of its own, which the channel's other side can't write to.
/// </summary>
public sealed class AnsweredMessages
{
    /// <summary>The most messages that are remembered.</summary>
    public const int Capacity = 65536;

    private const string Extension = ".answered";

    private readonly string _directory;
    private readonly TimeProvider _time;
    private int _count;

    /// <summary>Opens the memory; makes it where it isn't there.</summary>
    public AnsweredMessages(string directory, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(time);
        Directory.CreateDirectory(directory);
        (_directory, _time) = (directory, time);
        _count = Directory.EnumerateFiles(directory, "*" + Extension).Count();
    }

    /// <summary>True where there is room for one more.</summary>
    public bool HasRoom
    {
        get
        {
            if (Volatile.Read(ref _count) >= Capacity) Prune();
            return Volatile.Read(ref _count) < Capacity;
        }
    }

    /// <summary>The answer that a message was given, or null.</summary>
    public ChannelMessage? Find(Hash256 message) =>
        Read(File(message)) is { } kept && ChannelMessage.Parse(kept.Answer).Is(out var answer, out _) ? answer : null;

    /// <summary>Remembers an answer; on disk before this returns.</summary>
    public void Keep(Hash256 message, DateTimeOffset expires, ChannelMessage answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var file = File(message);
        var isNew = !System.IO.File.Exists(file);
        var partial = $"{file}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.partial";
        var bytes = answer.ToBytes();
        using (var stream = new FileStream(partial, FileMode.CreateNew))
        {
            Span<byte> until = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(until, expires.ToUnixTimeSeconds());
            stream.Write(until);
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        System.IO.File.Move(partial, file, overwrite: true);
        if (isNew) Interlocked.Increment(ref _count);
    }

    /// <summary>Forgets what has expired: such a message is refused for its time.</summary>
    public void Prune()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var left = 0;
        foreach (var file in Directory.EnumerateFiles(_directory, "*" + Extension))
        {
            if (Read(file) is { } kept && kept.Until >= now) left++;
            else System.IO.File.Delete(file);
        }

        Volatile.Write(ref _count, left);
    }

    private static (long Until, byte[] Answer)? Read(string file)
    {
        if (!System.IO.File.Exists(file)) return null;
        var bytes = System.IO.File.ReadAllBytes(file);
        return bytes.Length > sizeof(long) ? (BinaryPrimitives.ReadInt64BigEndian(bytes), bytes[sizeof(long)..]) : null;
    }

    private string File(Hash256 message) => Path.Combine(_directory, message.ToString()[2..] + Extension);
}
