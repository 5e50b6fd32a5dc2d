using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VaultGrid.Demo;

/// <summary>A Bitcoin transaction that spends one Taproot output into another by its key path (BIP-341, SIGHASH_DEFAULT).</summary>
internal sealed class TaprootSpend
{
    private const ulong Amount = 100_000, Sent = 99_000;

    private static readonly byte[] Previous = SHA256.HashData("VaultGrid demo, a transaction that paid the key"u8);

    private readonly byte[] _script;

    /// <param name="outputKey">The tweaked key that owns the output, x only.</param>
    public TaprootSpend(ReadOnlySpan<byte> outputKey) => _script = [0x51, 0x20, .. outputKey];

    /// <summary>What is spent: its script and its amount.</summary>
    public (byte[] Script, ulong Amount) Spent => (_script, Amount);

    /// <summary>What the key signs.</summary>
    public byte[] SignatureHash()
    {
        var outpoint = Outpoint();
        byte[] message =
        [
            0x00, 0x00, .. Number32(2), .. Number32(0),
            .. SHA256.HashData(outpoint), .. SHA256.HashData(Number64(Amount)), .. SHA256.HashData((byte[])[(byte)_script.Length, .. _script]),
            .. SHA256.HashData(Number32(0xffff_fffd)), .. SHA256.HashData(Output()), 0x00, .. Number32(0),
        ];
        var tag = SHA256.HashData("TapSighash"u8);
        return SHA256.HashData((byte[])[.. tag, .. tag, .. message]);
    }

    /// <summary>The transaction as the network takes it.</summary>
    public byte[] Signed(ReadOnlySpan<byte> signature) =>
        [.. Number32(2), 0x00, 0x01, 0x01, .. Outpoint(), 0x00, .. Number32(0xffff_fffd), 0x01, .. Output(), 0x01, (byte)signature.Length, .. signature, .. Number32(0)];

    private static byte[] Outpoint() => [.. Previous, .. Number32(0)];

    private byte[] Output() => [.. Number64(Sent), (byte)_script.Length, .. _script];

    private static byte[] Number32(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Number64(ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }
}
