using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// Wraps the key of one file under a Domain's master key: wrapped = salt (32, random) ‖ AES-256-GCM under HKDF(master key, salt), 48 bytes.
/// The derived key seals once, so its nonce is zero. Runs where the master key is: inside the enclave.
/// </summary>
public static class FileKeyWrap
{
    /// <summary>Bytes of a file key, and of a wrapped one.</summary>
    public const int KeyLength = Aes256Gcm.KeyLength, Length = SaltLength + KeyLength + Aes256Gcm.TagLength;

    private const int SaltLength = 32;

    private static ReadOnlySpan<byte> ZeroNonce => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Wraps.</summary>
    /// <param name="master">The Domain's master key of kind AES-256: 32 bytes.</param>
    /// <param name="streamPart">The file's stream part (<see cref="FileHeader.NewStreamPart"/>); the wrapped key opens for no other file.</param>
    /// <param name="domain">The Domain.</param>
    /// <param name="masterVersion">The version of the master key.</param>
    /// <param name="fileKey">32 bytes, drawn for this file alone.</param>
    public static byte[] Wrap(SecretBytes master, ReadOnlySpan<byte> streamPart, Guid domain, uint masterVersion, SecretBytes fileKey)
    {
        ArgumentNullException.ThrowIfNull(fileKey);
        if (fileKey.Length != KeyLength) throw new ArgumentException($"A file key has {KeyLength} bytes.", nameof(fileKey));

        var context = Context(streamPart, domain, masterVersion);
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        using var key = DeriveKey(master, salt, context);
        var result = Aes256Gcm.Seal(key, ZeroNonce, fileKey.Span, context);
        GC.KeepAlive(fileKey);
        return [.. salt, .. result.AsSpan(Aes256Gcm.NonceLength)];
    }

    /// <summary>Unwraps, into locked memory.</summary>
    /// <returns>The file key, or <see cref="RefusalCode.FileTampered"/>: the header was changed, or it is another master key's.</returns>
    public static Outcome<SecretBytes> Unwrap(SecretBytes master, FileHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var wrapped = header.WrappedKey.Span;
        var context = Context(header.StreamPart.Span, header.Domain, header.MasterVersion);
        using var key = DeriveKey(master, wrapped[..SaltLength], context);
        return Aes256Gcm.Open(key, [.. ZeroNonce, .. wrapped[SaltLength..]], context).Is(out var fileKey, out _)
            ? fileKey
            : new Refusal(RefusalCode.FileTampered, "the file's header was changed, or it belongs to another Domain or master key");
    }

    /// <summary>Wraps the key of an existing file under a newer master key; the chunks stay as they are.</summary>
    /// <returns>The header to put in place of the old one, or as <see cref="Unwrap"/>.</returns>
    public static Outcome<FileHeader> Rewrap(SecretBytes master, FileHeader header, SecretBytes nextMaster, uint nextVersion)
    {
        if (!Unwrap(master, header).Is(out var fileKey, out var refusal)) return refusal;
        using (fileKey)
        {
            var part = header.StreamPart.Span;
            return FileHeader.Create(part, header.Domain, nextVersion, Wrap(nextMaster, part, header.Domain, nextVersion, fileKey));
        }
    }

    private static SecretBytes DeriveKey(SecretBytes master, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> context)
    {
        ArgumentNullException.ThrowIfNull(master);
        if (master.Length != Aes256Gcm.KeyLength) throw new ArgumentException("A master key for files is an AES-256 key.", nameof(master));
        return HkdfSha256.Derive(master, salt, context, Aes256Gcm.KeyLength);
    }

    // Both the derivation's info and the associated data: tag ‖ stream part (50) ‖ Domain (16) ‖ version (4).
    private static byte[] Context(ReadOnlySpan<byte> streamPart, Guid domain, uint version)
    {
        if (streamPart.Length != FileHeader.StreamPartLength) throw new ArgumentException("Not a stream part.", nameof(streamPart));
        Span<byte> envelope = stackalloc byte[20];
        domain.TryWriteBytes(envelope, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(envelope[16..], version);
        return Tagged.Statement("file-key", [.. streamPart, .. envelope]);
    }
}
