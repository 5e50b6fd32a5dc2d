using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>The body of <see cref="EcdsaRound.Signature"/>: r, s (low) and the recovery id, 65 bytes.</summary>
public static class EcdsaResult
{
    /// <summary>Reads the signature that ended a session.</summary>
    /// <returns>The signature with its recovery id, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<EcdsaSignature> Read(RoundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Round == EcdsaRound.Signature && message.Body.Length == EcdsaSignature.CompactLength + 1
            ? EcdsaSignature.FromCompact(message.Body[..EcdsaSignature.CompactLength], message.Body[^1])
            : new Refusal(RefusalCode.InputMalformed, "this message holds no signature");
    }

    internal static byte[] Body(EcdsaSignature signature) =>
        [.. signature.Compact, (byte)(signature.RecoveryId ?? throw new ArgumentException("The signature has no recovery id.", nameof(signature)))];
}
