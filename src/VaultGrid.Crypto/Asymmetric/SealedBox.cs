using System.Buffers.Binary;

namespace VaultGrid.Crypto;

/// <summary>
/// Seals a secret to a P-256 key: an ephemeral key pair, ECDH, HKDF-SHA256 over the transcript, AES-256-GCM (protocols.md, section 2).
/// Sealed = ephemeral public key (65) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
/// </summary>
/// <remarks>It hides and protects; it does not say who sealed. The statement around it is signed for that.</remarks>
public static class SealedBox
{
    /// <summary>Bytes by which sealing lengthens.</summary>
    public const int Overhead = P256PublicKey.Length + Aes256Gcm.Overhead;

    /// <summary>Seals.</summary>
    /// <param name="recipient">The key that opens.</param>
    /// <param name="transcript">What both sides know of the exchange so far; the key depends on it.</param>
    /// <param name="associatedData">The header that travels beside the box; authenticated.</param>
    /// <param name="plaintext">Any length.</param>
    public static byte[] Seal(P256PublicKey recipient, ReadOnlySpan<byte> transcript, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext)
    {
        using var box = Prepare(recipient, transcript);
        return box.Seal(associatedData, plaintext);
    }

    /// <summary>Makes a box before there is anything to put into it: all of the work that doesn't depend on the plaintext.</summary>
    /// <param name="recipient">The key that opens.</param>
    /// <param name="transcript">What both sides know of the exchange so far; the key depends on it.</param>
    public static PreparedBox Prepare(P256PublicKey recipient, ReadOnlySpan<byte> transcript)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        var (ephemeral, shared) = Agree(recipient);
        using (shared) return Prepare(recipient, ephemeral, shared, transcript);
    }

    /// <summary>Draws an ephemeral key pair: its public key, and what it shares with the recipient.</summary>
    internal static (byte[] Ephemeral, SecretBytes Shared) Agree(P256PublicKey recipient)
    {
        using var ephemeral = P256AgreementKey.Generate();
        return (ephemeral.PublicKey.Bytes.ToArray(), ephemeral.Agree(recipient));
    }

    /// <summary>Makes a box of what <see cref="Agree"/> drew, which stays the caller's.</summary>
    internal static PreparedBox Prepare(P256PublicKey recipient, byte[] ephemeral, SecretBytes shared, ReadOnlySpan<byte> transcript) =>
        new(ephemeral, DeriveKey(shared, ephemeral, recipient.Bytes, transcript));

    /// <summary>Seals a secret.</summary>
    /// <inheritdoc cref="Seal(P256PublicKey, ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public static byte[] Seal(P256PublicKey recipient, ReadOnlySpan<byte> transcript, ReadOnlySpan<byte> associatedData, SecretBytes plaintext)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        var result = Seal(recipient, transcript, associatedData, plaintext.Span);
        GC.KeepAlive(plaintext);
        return result;
    }

    /// <summary>Opens, into locked memory.</summary>
    /// <param name="recipient">The private key.</param>
    /// <param name="transcript">As it was sealed with.</param>
    /// <param name="associatedData">As it was sealed with.</param>
    /// <param name="sealedBytes">The box.</param>
    /// <returns>The plaintext, or <see cref="RefusalCode.InputMalformed"/>: too short, no point, or not what was sealed to this key with these data.</returns>
    public static Outcome<SecretBytes> Open(
        P256AgreementKey recipient, ReadOnlySpan<byte> transcript, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> sealedBytes)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        if (sealedBytes.Length < Overhead)
            return new Refusal(RefusalCode.InputMalformed, $"a sealed box has at least {Overhead} bytes");
        if (!P256PublicKey.Parse(sealedBytes[..P256PublicKey.Length]).Is(out var ephemeral, out var refusal)) return refusal;

        using var shared = recipient.Agree(ephemeral);
        using var key = DeriveKey(shared, ephemeral.Bytes, recipient.PublicKey.Bytes, transcript);
        return Aes256Gcm.Open(key, sealedBytes[P256PublicKey.Length..], associatedData);
    }

    // info = tag ‖ ephemeral ‖ recipient ‖ length of the transcript (8, big-endian) ‖ transcript: both keys are bound, and one info has one meaning.
    private static SecretBytes DeriveKey(SecretBytes shared, ReadOnlySpan<byte> ephemeral, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> transcript)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)transcript.Length);
        var info = Tagged.Statement("sealed-box", [.. ephemeral, .. recipient, .. length, .. transcript]);
        return HkdfSha256.Derive(shared, salt: [], info, Aes256Gcm.KeyLength);
    }
}
