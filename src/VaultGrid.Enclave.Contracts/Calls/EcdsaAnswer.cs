using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>An ECDSA signature on secp256k1: low-s, verified by the enclave before it left.</summary>
/// <param name="Digest">The 32-byte digest that was signed.</param>
/// <param name="R">r, 32 bytes big-endian.</param>
/// <param name="S">s, 32 bytes big-endian.</param>
/// <param name="RecoveryId">v as the recovery id, 0 to 3.</param>
/// <param name="PublicKey">The signing account's compressed public key, 33 bytes.</param>
/// <param name="Transaction">The signed transaction in the form that a network takes, if one was asked for; else empty.</param>
public sealed record EcdsaAnswer(
    Hash256 Digest, ReadOnlyMemory<byte> R, ReadOnlyMemory<byte> S, byte RecoveryId, ReadOnlyMemory<byte> PublicKey, ReadOnlyMemory<byte> Transaction)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, EcdsaAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(answer);
        writer.Hash(answer.Digest).Fixed(answer.R.Span).Fixed(answer.S.Span).U8(answer.RecoveryId).Fixed(answer.PublicKey.Span).Bytes(answer.Transaction.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static EcdsaAnswer Read(ref WireReader reader) => new(
        reader.Hash(), reader.Fixed(32).ToArray(), reader.Fixed(32).ToArray(), reader.U8(), reader.Fixed(33).ToArray(), reader.Memory(EnclaveLimits.Document * 2));
}
