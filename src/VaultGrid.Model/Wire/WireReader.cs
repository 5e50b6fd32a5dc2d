using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace VaultGrid.Model.Wire;

/// <summary>Reads what <see cref="WireWriter"/> wrote, and nothing else.</summary>
/// <remarks>
/// The first fault sticks: every later read yields an empty value, so a decoder reads all its fields in a row and asks
/// <see cref="End"/> once. Nothing that was read may be used before <see cref="End"/> has said yes.
/// </remarks>
public ref struct WireReader(ReadOnlySpan<byte> source)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = source;
    private string? _fault;

    /// <summary>True once anything did not fit.</summary>
    public readonly bool Failed => _fault is not null;

    /// <summary>True where everything fitted so far and nothing is left: how a reader finds that an optional last section isn't there.</summary>
    public readonly bool AtEnd => _fault is null && _rest.IsEmpty;

    /// <summary>All that is left, copied; nothing after a failure.</summary>
    public ReadOnlyMemory<byte> Rest() => Take(Failed ? 0 : _rest.Length).ToArray();

    public byte U8()
    {
        var at = Take(1);
        return at.IsEmpty ? default : at[0];
    }

    public uint U32()
    {
        var at = Take(4);
        return at.IsEmpty ? default : BinaryPrimitives.ReadUInt32BigEndian(at);
    }

    public ulong U64()
    {
        var at = Take(8);
        return at.IsEmpty ? default : BinaryPrimitives.ReadUInt64BigEndian(at);
    }

    /// <summary>A moment, in whole seconds since 1970 (UTC).</summary>
    public DateTimeOffset Time()
    {
        var seconds = U64();
        if (seconds <= 253_402_300_799) return DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        Fail("a time lies after the year 9999");
        return default;
    }

    /// <summary>Bytes whose length both sides know; empty after a fault.</summary>
    public ReadOnlySpan<byte> Fixed(int length) => Take(length);

    /// <summary>A 32-byte hash.</summary>
    public Hash256 Hash()
    {
        var at = Take(Hash256.Length);
        return at.IsEmpty ? default : new Hash256(at);
    }

    /// <summary>Bytes behind their length, at most <paramref name="limit"/> of them.</summary>
    public ReadOnlySpan<byte> Bytes(int limit)
    {
        var length = U32();
        if (length > limit) Fail($"a field has {length} bytes where at most {limit} are allowed");
        return Failed ? default : Take((int)length);
    }

    /// <summary>Strict UTF-8 text, at most <paramref name="limit"/> bytes of it.</summary>
    public string Text(int limit)
    {
        var at = Bytes(limit);
        try
        {
            return StrictUtf8.GetString(at);
        }
        catch (DecoderFallbackException)
        {
            Fail("a text is not valid UTF-8");
            return "";
        }
    }

    /// <summary>The count of a list, at most <paramref name="limit"/>.</summary>
    public int Count(int limit)
    {
        var count = U32();
        if (count <= limit) return (int)count;
        Fail($"a list has {count} items where at most {limit} are allowed");
        return 0;
    }

    /// <summary>Reads one item of a list.</summary>
    public delegate T ItemReader<T>(ref WireReader reader);

    /// <summary>A list behind its count.</summary>
    public IReadOnlyList<T> List<T>(int limit, ItemReader<T> read)
    {
        var count = Count(limit);
        var items = new List<T>(Math.Min(count, 64));
        for (var i = 0; i < count && !Failed; i++) items.Add(read(ref this));
        return items;
    }

    /// <summary>Records that what was read can't be: a value out of its domain.</summary>
    public void Fail(string why)
    {
        _fault ??= why;
        _rest = default;
    }

    /// <summary>Says whether everything fitted and nothing is left over.</summary>
    /// <param name="what">The name of the message, for the refusal.</param>
    /// <param name="refusal">Why not.</param>
    /// <param name="code">The code of that refusal.</param>
    public readonly bool End(string what, [NotNullWhen(false)] out Refusal? refusal, RefusalCode code = RefusalCode.InputMalformed)
    {
        var fault = _fault ?? (_rest.IsEmpty ? null : $"{_rest.Length} bytes are left over");
        refusal = fault is null ? null : new Refusal(code, $"{what} can't be read: {fault}");
        return refusal is null;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_rest.Length < length)
        {
            Fail("it ends too early");
            return default;
        }

        var at = _rest[..length];
        _rest = _rest[length..];
        return at;
    }
}
