using System.Buffers.Binary;
using System.Security.Cryptography;
using VaultGrid.Protocols.Dise;

namespace VaultGrid.Client.Secrets;

/// <summary>
/// Byte strings of any length under a DiSE key. Short ones are encrypted directly; longer ones as an envelope in constant memory: a fresh file key under DiSE, and the
/// payload in chunks under it. Format: <c>"VaultGrid/dise/1" ‖ form (1: direct, 2: envelope) ‖ u32 length ‖ ciphertext of DiSE ‖ payload (form 2: header and chunks of docs/domains.md)</c>.
/// </summary>
public static class DiseFile
{
    /// <summary>The longest message that is encrypted directly, in bytes.</summary>
    public const int Direct = 16 * 1024;

    private const byte DirectForm = 1, EnvelopeForm = 2;
    private const int HeadLength = 16 + 1 + sizeof(uint);
    private const int CiphertextLimit = DiseCiphertext.MaximumMessage + 1024;

    private static ReadOnlySpan<byte> Magic => "VaultGrid/dise/1"u8;

    /// <summary>Encrypts a stream from where it stands to its end.</summary>
    /// <returns>Who was no help, or what refused.</returns>
    public static async Task<Outcome<IReadOnlyList<Blame>>> EncryptAsync(
        SharedKeyCaller caller, VerifiedKey key, Stream plaintext, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(plaintext);
        ArgumentNullException.ThrowIfNull(output);
        var first = new byte[Direct + 1];
        try
        {
            var length = await plaintext.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (length <= Direct)
            {
                using var message = SecretBytes.Take(first.AsSpan(0, length));
                return await WriteAsync(caller, key, message, DirectForm, output, cancellationToken).ConfigureAwait(false);
            }

            using var fileKey = SecretBytes.Random(FileKeyWrap.KeyLength);
            var written = await WriteAsync(caller, key, fileKey, EnvelopeForm, output, cancellationToken).ConfigureAwait(false);
            if (written.Refusal is not null) return written;
            using var whole = new PrefixedStream(first, plaintext);
            await FileEncryption.EncryptAsync(fileKey, HeaderOf(FileHeader.NewStreamPart()), whole, output, cancellationToken: cancellationToken).ConfigureAwait(false);
            return written;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(first);
        }
    }

    /// <summary>Decrypts what <see cref="EncryptAsync"/> wrote. After a refusal throw away what was written: it is a true beginning, but not the message.</summary>
    /// <returns>Who was no help; <c>input.malformed</c>, <c>file.*</c> for what was changed.</returns>
    public static async Task<Outcome<IReadOnlyList<Blame>>> DecryptAsync(
        SharedKeyCaller caller, VerifiedKey key, Stream ciphertext, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(ciphertext);
        ArgumentNullException.ThrowIfNull(output);
        var head = new byte[HeadLength];
        if (await ciphertext.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < HeadLength) return Malformed;
        var (form, length) = (head[Magic.Length], BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(Magic.Length + 1)));
        if (!PublicBytes.Equal(head.AsSpan(0, Magic.Length), Magic) || form is not (DirectForm or EnvelopeForm) || length > CiphertextLimit) return Malformed;
        var sealedMessage = new byte[length];
        if (await ciphertext.ReadAtLeastAsync(sealedMessage, sealedMessage.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < length) return Malformed;

        if (!(await caller.DecryptAsync(key, sealedMessage, cancellationToken).ConfigureAwait(false)).Is(out var opened, out var refusal)) return refusal;
        using var message = opened.Value;
        if (form == EnvelopeForm) return await OpenAsync(message, opened.Blamed, ciphertext, output, cancellationToken).ConfigureAwait(false);
        if (ciphertext.ReadByte() >= 0) return Malformed;
        var plain = new byte[message.Length];
        try
        {
            message.CopyTo(plain);
            await output.WriteAsync(plain, cancellationToken).ConfigureAwait(false);
            return Outcomes.Of(opened.Blamed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static Refusal Malformed => new(RefusalCode.InputMalformed, "this was not encrypted under a shared key, or was cut");

    private static async Task<Outcome<IReadOnlyList<Blame>>> OpenAsync(
        SecretBytes fileKey, IReadOnlyList<Blame> blamed, Stream ciphertext, Stream output, CancellationToken cancellationToken)
    {
        if (fileKey.Length != FileKeyWrap.KeyLength) return Malformed;
        if (!(await FileHeader.ReadAsync(ciphertext, cancellationToken).ConfigureAwait(false)).Is(out var header, out var refusal)) return refusal;

        // The header's other fields belong to Domains: here they have one value.
        if (!PublicBytes.Equal(header.Bytes.Span, HeaderOf(header.StreamPart.Span).Bytes.Span)) return Malformed;
        var decrypted = await FileEncryption.DecryptAsync(fileKey, header, ciphertext, output, cancellationToken: cancellationToken).ConfigureAwait(false);
        return decrypted.Is(out _, out refusal) ? Outcomes.Of(blamed) : refusal;
    }

    private static FileHeader HeaderOf(ReadOnlySpan<byte> streamPart) => FileHeader.Create(streamPart, Guid.Empty, 1, new byte[FileKeyWrap.Length]).Value;

    private static async Task<Outcome<IReadOnlyList<Blame>>> WriteAsync(
        SharedKeyCaller caller, VerifiedKey key, SecretBytes message, byte form, Stream output, CancellationToken cancellationToken)
    {
        if (!(await caller.EncryptAsync(key, message, cancellationToken).ConfigureAwait(false)).Is(out var encrypted, out var refusal)) return refusal;
        var head = new byte[HeadLength];
        Magic.CopyTo(head);
        head[Magic.Length] = form;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(Magic.Length + 1), (uint)encrypted.Value.Length);
        await output.WriteAsync(head, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(encrypted.Value, cancellationToken).ConfigureAwait(false);
        return Outcomes.Of(encrypted.Blamed);
    }
}
