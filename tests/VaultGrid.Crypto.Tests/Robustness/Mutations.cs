namespace VaultGrid.Crypto.Tests;

/// <summary>Damaged copies of good inputs: flipped bits, telling bytes, cuts, insertions, repetitions, splices. The seed tells them all.</summary>
internal sealed class Mutations
{
    // The edges between the kinds of RLP prefix and of transaction type, and the usual extremes.
    private static readonly byte[] Telling = [0x00, 0x01, 0x02, 0x7F, 0x80, 0x81, 0xB7, 0xB8, 0xB9, 0xBF, 0xC0, 0xC1, 0xF7, 0xF8, 0xF9, 0xFF];

    private readonly int _seed = new SeededBytes().NextInt(int.MaxValue);
    private readonly Random _random;

    public Mutations()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) _seed = int.Parse(given, System.Globalization.CultureInfo.InvariantCulture);
        _random = new Random(_seed);
    }

    private const string Variable = "VAULTGRID_MUTATION_SEED";

    public byte[] Random(int maxLength)
    {
        var bytes = new byte[_random.Next(maxLength + 1)];
        _random.NextBytes(bytes);
        return bytes;
    }

    public T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    public byte[] Of(byte[] good, byte[] other)
    {
        var bytes = good.ToList();
        for (var rounds = _random.Next(1, 4); rounds > 0; rounds--) Change(bytes, other);
        return [.. bytes];
    }

    /// <summary>A text with some characters of the alphabet in other places.</summary>
    public string Of(string good, string alphabet)
    {
        var text = good.ToList();
        for (var rounds = _random.Next(1, 4); rounds > 0; rounds--)
        {
            var at = _random.Next(text.Count);
            switch (_random.Next(4))
            {
                case 0: text[at] = alphabet[_random.Next(alphabet.Length)]; break;
                case 1: text.Insert(at, alphabet[_random.Next(alphabet.Length)]); break;
                case 2 when text.Count > 1: text.RemoveAt(at); break;
                default: text[at] = (char)(text[at] ^ 0x20); break;
            }
        }

        return string.Concat(text);
    }

    public override string ToString() => $"{Variable}={_seed}";

    private void Change(List<byte> bytes, byte[] other)
    {
        if (bytes.Count == 0) bytes.Add(Pick(Telling));
        var at = _random.Next(bytes.Count);
        var length = Math.Min(_random.Next(1, 40), bytes.Count - at);
        switch (_random.Next(7))
        {
            case 0: bytes[at] ^= (byte)(1 << _random.Next(8)); break;
            case 1: bytes[at] = Pick(Telling); break;
            case 2: bytes.Insert(at, Pick(Telling)); break;
            case 3: bytes.RemoveRange(at, length); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 5: bytes[at] = (byte)_random.Next(256); break;
            default: bytes.InsertRange(at, other.Skip(_random.Next(other.Length)).Take(length)); break;
        }
    }
}
