using System.Security.Cryptography;

namespace VaultGrid.Protocols.Dise;

/// <summary>A large payload, sealed under a random data key; what DiSE encrypts is the data key and the hash of the sealed payload.</summary>
public static class DiseEnvelope
{
    private const int HashLength = SHA256.HashSizeInBytes;

    private static byte[] Header => Tagged.Statement("dise-envelope", []);

    /// <summary>Seals a payload.</summary>
    /// <returns>The payload, sealed, and the message for <see cref="DiseEncryption"/>: data key ‖ hash, 64 bytes; the caller disposes of it.</returns>
    public static (byte[] Payload, SecretBytes Message) Seal(SecretBytes payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        using var dataKey = SecretBytes.Random(Aes256Gcm.KeyLength);
        var sealedPayload = Aes256Gcm.Seal(dataKey, payload, Header);
        using var message = new SecretBuffer(Aes256Gcm.KeyLength + HashLength);
        message.Write(dataKey);
        message.Write(SHA256.HashData(sealedPayload));
        return (sealedPayload, message.ToSecret());
    }

    /// <summary>Opens a payload with the message that <see cref="DiseDecryption"/> gave.</summary>
    /// <returns>The payload, or <see cref="RefusalCode.InputMalformed"/>: not a message of an envelope, or another payload.</returns>
    public static Outcome<SecretBytes> Open(ReadOnlySpan<byte> payload, SecretBytes message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Length != Aes256Gcm.KeyLength + HashLength || !CryptographicOperations.FixedTimeEquals(message.Span[Aes256Gcm.KeyLength..], SHA256.HashData(payload)))
            return new Refusal(RefusalCode.InputMalformed, "this is not the payload of the envelope");
        using var dataKey = message.Slice(0, Aes256Gcm.KeyLength);
        return Aes256Gcm.Open(dataKey, payload, Header);
    }
}
