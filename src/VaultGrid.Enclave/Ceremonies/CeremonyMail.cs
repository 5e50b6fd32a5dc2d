namespace VaultGrid.Enclave;

/// <summary>
/// What is secret in a ceremony, on its way: 32 bytes and the sender's signature over their hash, sealed to the receiver's session key, whose name stands before the box. Nobody
/// else can make one, so a share that does not fit was sent by its dealer and by nobody else.
/// </summary>
internal static class CeremonyMail
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretLength = 32;

    /// <summary>Signs and seals.</summary>
    public static CeremonyMessage Pack(
        Hash256 ceremony, CeremonyMessageKind kind, byte from, byte to, CeremonyDirectory.Member receiver, SecretBytes secret, IDeviceKey device)
    {
        var signature = device.Sign(Statement(ceremony, kind, from, to, secret));
        using var letter = new SecretBuffer(SecretLength + signature.Length);
        letter.Write(secret);
        letter.Write(signature);
        using var plaintext = letter.ToSecret();
        var data = AdditionalData(ceremony, kind, from, to);
        return new CeremonyMessage(kind, from, to, new WireWriter().Hash(receiver.SessionKeyName).Fixed(SealedBox.Seal(receiver.SessionKey, data, data, plaintext)).ToArray());
    }

    /// <summary>Opens and verifies; null for whatever the sender has not signed for this receiver, or was sealed to a key that is lost.</summary>
    /// <param name="ceremony">The ceremony.</param>
    /// <param name="message">What came.</param>
    /// <param name="directory">Verifies.</param>
    /// <param name="keys">Opens.</param>
    /// <param name="take">Tried first, with the secret, which stays this method's: true where it was taken without anybody's signature, and null is returned.</param>
    public static SecretBytes? Open(Hash256 ceremony, CeremonyMessage message, CeremonyDirectory directory, SessionKeys keys, Func<SecretBytes, bool>? take = null)
    {
        if (message.Body.Length <= Hash256.Length || keys.Find(new Hash256(message.Body.Span[..Hash256.Length])) is not { } own || !own.TryHold(out var held)) return null;
        using (held)
        {
            var data = AdditionalData(ceremony, message.Kind, message.From, message.To);
            if (!SealedBox.Open(held.Value, data, data, message.Body.Span[Hash256.Length..]).Is(out var letter, out _)) return null;
            using (letter)
            {
                if (letter.Length <= SecretLength) return null;
                var secret = letter.Slice(0, SecretLength);
                if (take?.Invoke(secret) != true && directory.Verify(message.From, Statement(ceremony, message.Kind, message.From, message.To, secret), letter.Span[SecretLength..])) return secret;
                secret.Dispose();
                return null;
            }
        }
    }

    private static byte[] Statement(Hash256 ceremony, CeremonyMessageKind kind, byte from, byte to, SecretBytes secret) =>
        Tagged.Statement("ceremony-secret", new WireWriter().Hash(ceremony).U8((byte)kind).U8(from).U8(to).Hash(Hash256.Sha256(secret.Span)).Written);

    private static byte[] AdditionalData(Hash256 ceremony, CeremonyMessageKind kind, byte from, byte to) =>
        Tagged.Statement("ceremony-letter", new WireWriter().Hash(ceremony).U8((byte)kind).U8(from).U8(to).Written);
}
