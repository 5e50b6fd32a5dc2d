using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Crypto;

/// <summary>Lower-case hex with <c>0x</c> before it, the one form that public byte strings have in JSON. Never for secrets.</summary>
public static class Hex
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Writes bytes, such as <c>0x00ff</c>; no bytes give <c>0x</c>.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>Reads what <see cref="Encode"/> writes and nothing else: prefix, even length, lower case.</summary>
    public static bool TryDecode(string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text is null || !IsWellFormed(text)) return false;
        bytes = Convert.FromHexString(text.AsSpan(2));
        return true;
    }

    /// <summary>Reads what <see cref="Encode"/> writes, into a buffer that it has to fill exactly.</summary>
    public static bool TryDecode(string? text, Span<byte> destination)
    {
        if (text is null || text.Length != 2 + (destination.Length * 2) || !IsWellFormed(text)) return false;
        Convert.FromHexString(text.AsSpan(2), destination, out _, out _);
        return true;
    }

    /// <summary>Reads what <see cref="Encode"/> writes.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static byte[] Decode(string text) =>
        TryDecode(text, out var bytes) ? bytes : throw new FormatException("This is not lower-case hex with 0x before it.");

    private static bool IsWellFormed(string text) =>
        text.Length % 2 == 0
        && text.StartsWith("0x", StringComparison.Ordinal)
        && !text.AsSpan(2).ContainsAnyExcept(Digits);
}
