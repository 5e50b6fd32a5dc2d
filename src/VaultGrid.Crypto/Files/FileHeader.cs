using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// What stands before the chunks of an encrypted file, 150 bytes: a stream part (50 bytes, drawn once and bound into the key of every chunk)
/// and an envelope (Domain, version of its master key, wrapped file key) that a new master key replaces without touching the chunks.
/// </summary>
/// <remarks>All of it is authenticated: the stream part by every chunk and by the wrapped key, the envelope by the wrapped key. Layout: docs/domains.md.</remarks>
public sealed class FileHeader
{
    /// <summary>Bytes of the whole header, and of its stream part.</summary>
    public const int Length = 150, StreamPartLength = 50;

    /// <summary>Chunks have 2^16 to 2^20 bytes of plaintext; 2^19 unless told: a cache's worth, and few enough handings over.</summary>
    public const int SmallestChunkBits = 16, LargestChunkBits = 20, DefaultChunkBits = 19;

    private const int SaltLength = 32;
    private const int DomainAt = StreamPartLength, VersionAt = DomainAt + 16, WrappedAt = VersionAt + 4;
    private const byte AesGcmStream = 1;

    private readonly byte[] _bytes;

    private FileHeader(byte[] bytes) => _bytes = bytes;

    /// <summary>Bytes of plaintext in every chunk but the last.</summary>
    public int ChunkLength => 1 << _bytes[17];

    /// <summary>The Domain whose master key wraps the file key.</summary>
    public Guid Domain => new(_bytes.AsSpan(DomainAt, 16), bigEndian: true);

    /// <summary>The version of that master key, from 1.</summary>
    public uint MasterVersion => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(VersionAt));

    /// <summary>The whole header.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Magic, suite, size of chunks and 32 random bytes.</summary>
    public ReadOnlyMemory<byte> StreamPart => _bytes.AsMemory(0, StreamPartLength);

    /// <summary>The file key as <see cref="FileKeyWrap"/> wrapped it: 80 bytes.</summary>
    public ReadOnlyMemory<byte> WrappedKey => _bytes.AsMemory(WrappedAt);

    internal ReadOnlySpan<byte> Salt => _bytes.AsSpan(StreamPartLength - SaltLength, SaltLength);

    private static ReadOnlySpan<byte> Magic => "VaultGrid/file/1"u8;

    /// <summary>Draws the stream part of a new file: 50 bytes.</summary>
    /// <param name="chunkBits">The binary logarithm of a chunk's length in bytes, 16 to 20.</param>
    public static byte[] NewStreamPart(int chunkBits = DefaultChunkBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkBits, SmallestChunkBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chunkBits, LargestChunkBits);
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return [.. Magic, AesGcmStream, (byte)chunkBits, .. salt];
    }

    /// <summary>Puts a header together, of what <see cref="NewStreamPart"/> drew and <see cref="FileKeyWrap"/> wrapped.</summary>
    /// <returns>The header, or <see cref="RefusalCode.FileMalformed"/>.</returns>
    public static Outcome<FileHeader> Create(ReadOnlySpan<byte> streamPart, Guid domain, uint masterVersion, ReadOnlySpan<byte> wrappedKey)
    {
        var bytes = new byte[Length];
        if (streamPart.Length != StreamPartLength || wrappedKey.Length != FileKeyWrap.Length)
            return new Refusal(RefusalCode.FileMalformed, $"a header is made of {StreamPartLength} and {FileKeyWrap.Length} bytes");

        streamPart.CopyTo(bytes);
        domain.TryWriteBytes(bytes.AsSpan(DomainAt), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(VersionAt), masterVersion);
        wrappedKey.CopyTo(bytes.AsSpan(WrappedAt));
        return Parse(bytes);
    }

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">Exactly 150 bytes.</param>
    /// <returns>The header, or <see cref="RefusalCode.FileMalformed"/>.</returns>
    public static Outcome<FileHeader> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length) return new Refusal(RefusalCode.FileMalformed, "this is no file of VaultGrid: it is shorter than its header");
        if (bytes.Length > Length || !PublicBytes.Equal(bytes[..Magic.Length], Magic))
            return new Refusal(RefusalCode.FileMalformed, "this is no file of VaultGrid: it starts otherwise");
        if (bytes[16] != AesGcmStream || bytes[17] is < SmallestChunkBits or > LargestChunkBits)
            return new Refusal(RefusalCode.FileMalformed, "the file's suite or size of chunks is unknown to this version");
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[VersionAt..]) == 0)
            return new Refusal(RefusalCode.FileMalformed, "the file names no version of a master key");
        return new FileHeader(bytes.ToArray());
    }

    /// <summary>Reads the header at the start of a stream and leaves the stream behind it.</summary>
    /// <returns>The header, or <see cref="RefusalCode.FileMalformed"/>.</returns>
    public static async Task<Outcome<FileHeader>> ReadAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = new byte[Length];
        var read = await stream.ReadAtLeastAsync(bytes, Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return Parse(bytes.AsSpan(0, read));
    }
}
