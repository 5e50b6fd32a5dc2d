using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Keys;

/// <summary>Writes an enclave's signature as a report.</summary>
internal static class SignatureReports
{
    public static SignatureReport Of(EcdsaAnswer answer, string path, NodeId node) =>
        new(answer.Digest, answer.R, answer.S, answer.RecoveryId, answer.PublicKey, path, node, answer.Transaction);
}
