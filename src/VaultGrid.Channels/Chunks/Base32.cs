namespace VaultGrid.Channels;

/// <summary>Base32 (RFC 4648, section 6) without padding, in its one spelling: capital letters, and zero bits at the end.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[((bytes.Length * 8) + 4) / 5];
        var (buffer, bits, at) = (0u, 0, 0);
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5) text[at++] = Alphabet[(int)(buffer >> (bits - 5)) & 31];
        }

        if (bits > 0) text[at] = Alphabet[(int)(buffer << (5 - bits)) & 31];
        return new string(text);
    }

    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[text.Length * 5 / 8];
        var (buffer, bits, at) = (0u, 0, 0);
        foreach (var letter in text)
        {
            var value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0) return false;
            buffer = (buffer << 5) | (uint)value;
            if ((bits += 5) < 8) continue;
            bytes[at++] = (byte)(buffer >> (bits -= 8));
        }

        // What is left over is less than a letter, and zero.
        return bits < 5 && (buffer & ((1u << bits) - 1)) == 0;
    }
}
