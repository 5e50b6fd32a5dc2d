using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>A public 32-byte hash. Written as <c>0x</c> and 64 lower-case hex digits.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Hash256
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Holds the bytes of a hash.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length) throw new ArgumentException($"A hash has 32 bytes, not {bytes.Length}.", nameof(bytes));
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        (_a, _b, _c, _d) = (words[0], words[1], words[2], words[3]);
    }

    /// <summary>SHA-256 (FIPS 180-4) of bytes without a tag.</summary>
    public static Hash256 Sha256(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(bytes, hash);
        return new Hash256(hash);
    }

    /// <summary>SHA-256 over <c>"VaultGrid/v1/&lt;what&gt;" ‖ 0x00 ‖ body</c> (see <see cref="Tagged"/>).</summary>
    public static Hash256 Of(string what, ReadOnlySpan<byte> body) => Tagged.Hash(what, body);

    /// <summary>Reads what <see cref="ToString"/> writes, nothing else.</summary>
    public static bool TryParse(string? text, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var read = Hex.TryDecode(text, bytes);
        hash = read ? new Hash256(bytes) : default;
        return read;
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static Hash256 Parse(string text) =>
        TryParse(text, out var hash) ? hash : throw new FormatException("A hash is 0x and 64 lower-case hex digits.");

    /// <summary>The bytes in place; the span lives as long as this value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> AsSpan() => MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in _a, Length / sizeof(ulong)));

    /// <summary>Copies the 32 bytes to the start of a buffer.</summary>
    public void CopyTo(Span<byte> destination) => AsSpan().CopyTo(destination);

    /// <summary>The 32 bytes in a new array.</summary>
    public byte[] ToArray() => AsSpan().ToArray();

    /// <summary><c>0x</c> and 64 lower-case hex digits.</summary>
    public override string ToString() => Hex.Encode(AsSpan());
}
