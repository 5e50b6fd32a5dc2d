using System.Security.Cryptography;

namespace VaultGrid.Enclave;

/// <summary>
/// The head of the store's file, in the clear and authenticated: <c>magic (8) ‖ format (4) ‖ length (4) ‖ fields ‖ SHA-256 (32) of all before</c>.
/// Fields of formats 1 to 4: adapter kind, its parameters, salt (32), store version (8), key check (32), length of the sealed bytes (4).
/// The checksum proves nothing; it tells damage from a wrong key. Everything is additional data of the sealing.
/// </summary>
internal sealed record StoreHeader(string Adapter, ReadOnlyMemory<byte> Parameters, Hash256 Salt, ulong Version, Hash256 KeyCheck, uint SealedLength, uint Format)
{
    private const int PrefixSize = 16;
    private const int FieldsLimit = 8 * 1024;
    private const int ParametersLimit = 4 * 1024;

    private static ReadOnlySpan<byte> Magic => "VGVAULT\0"u8;

    /// <summary>Writes the head with its checksum.</summary>
    public byte[] ToBytes()
    {
        var fields = new WireWriter().Text(Adapter).Bytes(Parameters.Span).Hash(Salt).U64(Version).Hash(KeyCheck).U32(SealedLength);
        var head = new WireWriter().Fixed(Magic).U32(Format).Bytes(fields.Written);
        return head.Hash(Hash256.Sha256(head.Written)).ToArray();
    }

    /// <summary>Reads a head; <c>store.truncated</c>, <c>store.tampered</c>, <c>store.version</c>.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="size">How many bytes of it are the head.</param>
    public static Outcome<StoreHeader> Read(ReadOnlySpan<byte> file, out int size)
    {
        size = 0;
        var magic = file[..Math.Min(file.Length, Magic.Length)];
        if (!PublicBytes.Equal(magic, Magic[..magic.Length])) return Tampered("it doesn't start as a store does");
        if (file.Length < PrefixSize) return Truncated("it ends within its head");

        var prefix = new WireReader(file.Slice(Magic.Length, 8));
        var (format, length) = (prefix.U32(), prefix.U32());
        if (length > FieldsLimit) return Tampered("its head is too long");
        size = PrefixSize + (int)length + SHA256.HashSizeInBytes;
        if (file.Length < size) return Truncated("it ends within its head");

        // This frame is that of every format, so damage is told from a newer format before anything else is read.
        var body = file[..(size - SHA256.HashSizeInBytes)];
        if (new Hash256(file[body.Length..size]) != Hash256.Sha256(body)) return Tampered("its head was changed");
        if (format is 0 or > StoreFormat.Newest)
            return new Refusal(RefusalCode.StoreVersion, $"the store has format {format}; this program reads formats 1 to {StoreFormat.Newest}: use the version that wrote it");

        var reader = new WireReader(body[PrefixSize..]);
        var header = new StoreHeader(reader.Text(32), reader.Memory(ParametersLimit), reader.Hash(), reader.U64(), reader.Hash(), reader.U32(), format);
        return reader.End("the store's head", out var refusal, RefusalCode.StoreTampered) ? header : refusal;
    }

    private static Refusal Tampered(string why) => new(RefusalCode.StoreTampered, $"the store was changed: {why}");

    private static Refusal Truncated(string why) => new(RefusalCode.StoreTruncated, $"the store is cut: {why}");
}
