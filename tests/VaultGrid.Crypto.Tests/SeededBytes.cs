using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace VaultGrid.Crypto.Tests;

/// <summary>Bytes of a seed that a failure prints and VAULTGRID_SEED brings back: SHA-256 of seed and counter.</summary>
internal sealed class SeededBytes
{
    private readonly ulong _seed = Environment.GetEnvironmentVariable("VAULTGRID_SEED") is { Length: > 0 } given
        ? ulong.Parse(given, CultureInfo.InvariantCulture)
        : BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(8));

    private ulong _counter;

    public byte[] Next(int length)
    {
        var bytes = new List<byte>();
        Span<byte> input = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(input, _seed);
        while (bytes.Count < length)
        {
            BinaryPrimitives.WriteUInt64BigEndian(input[8..], _counter++);
            bytes.AddRange(SHA256.HashData(input));
        }
        return [.. bytes.Take(length)];
    }

    public int NextInt(int below) => (int)(BinaryPrimitives.ReadUInt32BigEndian(Next(4)) % (uint)below);

    public PrivateKey PrivateKey() => Crypto.PrivateKey.Take(Next(32)).Value;

    public override string ToString() => $"VAULTGRID_SEED={_seed}";
}
