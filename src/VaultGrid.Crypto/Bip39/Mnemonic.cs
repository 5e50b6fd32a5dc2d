using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// A BIP-39 mnemonic with English words, for import and export ceremonies. Entropy, words and seed are never a string. Finding words by number
/// and numbers by word takes time that depends on them (…VarTime): not for a service that others can measure.
/// </summary>
[DebuggerDisplay("Mnemonic(redacted)")]
public sealed class Mnemonic : IDisposable
{
    /// <summary>The most bytes that a sentence can have: 24 words of 8 letters and the spaces between them.</summary>
    public const int MaximumSentenceLength = (24 * (EnglishWords.LongestWord + 1)) - 1;

    private const int BitsPerWord = 11;
    private const int SeedLength = 64;
    private const int Rounds = 2048;

    private static readonly Refusal BadLength = new(RefusalCode.InputMalformed, "a mnemonic has 12, 15, 18, 21 or 24 words, and 16 to 32 bytes of entropy");

    // Entropy, then one byte whose upper bits are the checksum: the numbers of the words, 11 bits each, follow one another in it.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretBytes _bits;

    private Mnemonic(SecretBytes bits) => _bits = bits;

    /// <summary>12, 15, 18, 21 or 24.</summary>
    public int WordCount => EntropyLength * 3 / 4;

    private int EntropyLength => _bits.Length - 1;

    /// <summary>The mnemonic of given entropy.</summary>
    /// <param name="entropy">16, 20, 24, 28 or 32 bytes; stays the caller's.</param>
    /// <returns>The mnemonic, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<Mnemonic> FromEntropy(SecretBytes entropy)
    {
        ArgumentNullException.ThrowIfNull(entropy);
        if (!IsEntropyLength(entropy.Length)) return BadLength;

        var bits = new SecretBytes(entropy.Length + 1);
        entropy.CopyTo(bits.Span[..^1]);
        bits.Span[^1] = Checksum(bits.Span[..^1]);
        return new Mnemonic(bits);
    }

    /// <summary>Reads a sentence and checks its checksum.</summary>
    /// <param name="sentence">Lower-case ASCII words with one space between them; the caller wipes it.</param>
    /// <returns>The mnemonic, or <see cref="RefusalCode.InputMalformed"/> (which names the place of an unknown word, never the word).</returns>
    public static Outcome<Mnemonic> ParseVarTime(ReadOnlySpan<byte> sentence)
    {
        var words = sentence.Count((byte)' ') + 1;
        var entropyLength = words * 4 / 3;
        if (words % 3 != 0 || !IsEntropyLength(entropyLength)) return BadLength;

        var bits = new SecretBytes(entropyLength + 1);
        var number = 0;
        foreach (var range in sentence.Split((byte)' '))
        {
            var index = EnglishWords.IndexVarTime(sentence[range]);
            if (index < 0)
            {
                bits.Dispose();
                return new Refusal(RefusalCode.InputMalformed, $"word {number + 1} is not in the English list of BIP-39");
            }
            WriteWord(bits.Span, number++, index);
        }

        // The checksum is derived from the entropy; which mnemonic is refused says nothing about a right one.
        Span<byte> expected = [Checksum(bits.Span[..^1])];
        if (CryptographicOperations.FixedTimeEquals(bits.Span[^1..], expected)) return new Mnemonic(bits);
        bits.Dispose();
        return new Refusal(RefusalCode.InputMalformed, "the checksum is wrong: a word is mistaken, or two changed places");
    }

    /// <summary>The entropy.</summary>
    public SecretBytes ToEntropy() => _bits.Slice(0, EntropyLength);

    /// <summary>The words with one space between them, ASCII.</summary>
    public SecretBytes ToSentenceVarTime()
    {
        using var sentence = new SecretBuffer(MaximumSentenceLength);
        for (var number = 0; number < WordCount; number++)
        {
            if (number > 0) sentence.WriteByte((byte)' ');
            sentence.Write(EnglishWords.WordVarTime(ReadWord(_bits.Span, number)));
        }
        GC.KeepAlive(this);
        return sentence.ToSecret();
    }

    /// <summary>The seed for <see cref="ExtendedPrivateKey.FromSeed"/>: PBKDF2-HMAC-SHA512, 2048 rounds, salt "mnemonic" ‖ passphrase.</summary>
    /// <param name="passphrase">ASCII, or empty. BIP-39 wants other text in NFKD, which this build can't check; it is refused rather than
    /// turned into a seed that another wallet would not find.</param>
    /// <returns>64 bytes, or <see cref="RefusalCode.InputUnsupported"/>.</returns>
    public Outcome<SecretBytes> ToSeed(ReadOnlySpan<byte> passphrase)
    {
        if (passphrase.ContainsAnyExceptInRange((byte)0x20, (byte)0x7e))
            return new Refusal(RefusalCode.InputUnsupported, "only printable ASCII is supported in a mnemonic's passphrase");

        using var sentence = ToSentenceVarTime();
        using var salt = new SecretBuffer();
        salt.Write("mnemonic"u8);
        salt.Write(passphrase);
        var seed = new SecretBytes(SeedLength);
        Rfc2898DeriveBytes.Pbkdf2(sentence.Span, salt.Span, seed.Span, Rounds, HashAlgorithmName.SHA512);
        return seed;
    }

    /// <summary>Wipes the entropy.</summary>
    public void Dispose() => _bits.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "Mnemonic(redacted)";

    private static bool IsEntropyLength(int bytes) => bytes is 16 or 20 or 24 or 28 or 32;

    // "A checksum is generated by taking the first ENT / 32 bits of its SHA256 hash."
    private static byte Checksum(ReadOnlySpan<byte> entropy)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(entropy, hash);
        var bits = entropy.Length / 4;
        var checksum = (byte)(hash[0] & (0xff << (8 - bits)));
        CryptographicOperations.ZeroMemory(hash);
        return checksum;
    }

    private static int ReadWord(ReadOnlySpan<byte> bits, int number)
    {
        var index = 0;
        for (var bit = number * BitsPerWord; bit < (number + 1) * BitsPerWord; bit++)
            index = (index << 1) | ((bits[bit / 8] >> (7 - (bit % 8))) & 1);
        return index;
    }

    private static void WriteWord(Span<byte> bits, int number, int index)
    {
        for (var i = 0; i < BitsPerWord; i++)
        {
            var bit = (number * BitsPerWord) + i;
            bits[bit / 8] |= (byte)(((index >> (BitsPerWord - 1 - i)) & 1) << (7 - (bit % 8)));
        }
    }
}
