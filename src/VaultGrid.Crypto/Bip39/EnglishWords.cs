using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>The English word list of BIP-39: 2048 words of 3 to 8 letters in alphabetical order. Look-ups take time that depends on the word.</summary>
internal static class EnglishWords
{
    public const int Count = 2048;
    public const int LongestWord = 8;

    // Padded with zeros to a fixed width, which also keeps the order.
    private static readonly byte[] Table = Load();

    public static ReadOnlySpan<byte> WordVarTime(int index)
    {
        var padded = Table.AsSpan(index * LongestWord, LongestWord);
        var end = padded.IndexOf((byte)0);
        return end < 0 ? padded : padded[..end];
    }

    /// <summary>The word's index, or -1.</summary>
    public static int IndexVarTime(ReadOnlySpan<byte> word)
    {
        if (word.Length > LongestWord) return -1;
        Span<byte> padded = stackalloc byte[LongestWord];
        try
        {
            word.CopyTo(padded);
            var (low, high) = (0, Count - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var order = padded.SequenceCompareTo(Table.AsSpan(middle * LongestWord, LongestWord));
                if (order == 0) return middle;
                if (order < 0) high = middle - 1;
                else low = middle + 1;
            }
            return -1;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(padded);
        }
    }

    private static byte[] Load()
    {
        using var stream = typeof(EnglishWords).Assembly.GetManifestResourceStream("bip39-english")
            ?? throw new InvalidOperationException("The word list is missing from this assembly.");
        var text = new byte[stream.Length];
        stream.ReadExactly(text);

        var table = new byte[Count * LongestWord];
        var (word, letter) = (0, 0);
        foreach (var character in text)
        {
            if (character == (byte)'\n') (word, letter) = (word + 1, 0);
            else table[(word * LongestWord) + letter++] = character;
        }
        return word == Count ? table : throw new InvalidOperationException($"The word list has {word} words.");
    }
}
