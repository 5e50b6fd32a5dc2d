using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// The text of extended keys: version (4) ‖ header (9) ‖ chain code (32) ‖ key data (33) ‖ checksum (4), in Base58. Always 111 characters,
/// because all supported versions start the 82 bytes with 0x04.
/// </summary>
internal static class ExtendedKeyText
{
    public const int Length = 111;
    public const int PayloadLength = 78;
    public const uint PrivateVersion = 0x0488ADE4; // xprv
    public const uint PublicVersion = 0x0488B21E; // xpub

    private const int ChecksumLength = 4;
    private const int FullLength = PayloadLength + ChecksumLength;

    /// <summary>Writes a payload's text in ASCII. Scratch is wiped: the payload may be secret.</summary>
    public static void Encode(ReadOnlySpan<byte> payload, Span<byte> text)
    {
        using var full = new SecretBytes(FullLength);
        payload.CopyTo(full.Span);
        WriteChecksum(full.Span);
        Base58.EncodeVarTime(full.Span, text[..Length]);
    }

    /// <summary>Reads a payload, and says whether text and checksum are right.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> payload)
    {
        if (text.Length != Length) return false;
        using var full = new SecretBytes(FullLength);
        using var expected = new SecretBytes(FullLength);
        if (!Base58.TryDecodeVarTime(text, full.Span)) return false;

        full.Span[..PayloadLength].CopyTo(expected.Span);
        WriteChecksum(expected.Span);
        if (!CryptographicOperations.FixedTimeEquals(full.Span[PayloadLength..], expected.Span[PayloadLength..])) return false;
        full.Span[..PayloadLength].CopyTo(payload);
        return true;
    }

    public static uint Version(ReadOnlySpan<byte> payload) => BinaryPrimitives.ReadUInt32BigEndian(payload);

    public static ExtendedKeyHeader Header(ReadOnlySpan<byte> payload) => ExtendedKeyHeader.Read(payload.Slice(4, ExtendedKeyHeader.Length));

    public static ReadOnlySpan<byte> ChainCode(ReadOnlySpan<byte> payload) => payload.Slice(13, 32);

    public static ReadOnlySpan<byte> KeyBytes(ReadOnlySpan<byte> payload) => payload.Slice(45, 33);

    public static void Write(Span<byte> payload, uint version, ExtendedKeyHeader header, ReadOnlySpan<byte> chainCode)
    {
        BinaryPrimitives.WriteUInt32BigEndian(payload, version);
        header.Write(payload.Slice(4, ExtendedKeyHeader.Length));
        chainCode.CopyTo(payload[13..]);
    }

    private static void WriteChecksum(Span<byte> full)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(full[..PayloadLength], hash);
        SHA256.HashData(hash, hash);
        hash[..ChecksumLength].CopyTo(full[PayloadLength..]);
        CryptographicOperations.ZeroMemory(hash);
    }
}
