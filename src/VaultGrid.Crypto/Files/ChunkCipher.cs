using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// The chunks of one file, in order: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over AES-256-GCM. The nonce is the
/// chunk's index (8 bytes, big-endian), three zeros and 1 for the last chunk; the key is this file's alone, so no nonce needs to be random.
/// </summary>
[DebuggerDisplay("ChunkCipher(redacted)")]
internal sealed class ChunkCipher : IDisposable
{
    // NIST SP 800-38D allows 2^32 messages under one key: 256 TiB in the smallest chunks.
    private const ulong MostChunks = 1UL << 32;

    private readonly AesGcm _cipher;
    private readonly byte[] _nonce = new byte[Aes256Gcm.NonceLength];
    private ulong _index;

    public ChunkCipher(SecretBytes fileKey, FileHeader header)
    {
        if (fileKey.Length != FileKeyWrap.KeyLength) throw new ArgumentException($"A file key has {FileKeyWrap.KeyLength} bytes.", nameof(fileKey));
        using var key = HkdfSha256.Derive(fileKey, header.Salt, Tagged.Statement("file-stream", header.StreamPart.Span), Aes256Gcm.KeyLength);
        _cipher = new AesGcm(key.Span, Aes256Gcm.TagLength);
    }

    /// <summary>Writes ciphertext ‖ tag; says how many bytes that are.</summary>
    public int Seal(ReadOnlySpan<byte> plaintext, bool last, Span<byte> destination)
    {
        SetNonce(last);
        var tag = destination.Slice(plaintext.Length, Aes256Gcm.TagLength);
        _cipher.Encrypt(_nonce, plaintext, destination[..plaintext.Length], tag);
        _index++;
        return plaintext.Length + tag.Length;
    }

    /// <summary>Writes the plaintext and says how long it is, or null where the chunk is not the one that belongs here.</summary>
    public int? Open(ReadOnlySpan<byte> chunk, bool last, Span<byte> destination)
    {
        // Only an empty file has an empty chunk: else one plaintext would have two forms.
        var length = chunk.Length - Aes256Gcm.TagLength;
        if (length < 0 || (length == 0 && _index > 0)) return null;
        SetNonce(last);
        try
        {
            _cipher.Decrypt(_nonce, chunk[..length], chunk[length..], destination[..length]);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        _index++;
        return length;
    }

    public void Dispose() => _cipher.Dispose();

    private void SetNonce(bool last)
    {
        if (_index >= MostChunks) throw new InvalidOperationException("The file has more chunks than one key may seal.");
        BinaryPrimitives.WriteUInt64BigEndian(_nonce, _index);
        _nonce[^1] = last ? (byte)1 : (byte)0;
    }
}
