using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Domains;

/// <summary>Verifies what a key-pair Domain signed, by the public half in the Domain's document.</summary>
internal static class DomainSignatures
{
    public static bool Verify(DomainMaster master, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        switch (master.Kind)
        {
            case MasterKeyKind.Ed25519:
                return Ed25519.Verify(master.Public.Span, message, signature);
            case MasterKeyKind.EcdsaP256:
                return P256PublicKey.Parse(master.Public.Span).Is(out var point, out _) && point.Verify(message, signature);
            case MasterKeyKind.EcdsaSecp256k1:
                return signature.Length == 65
                    && PublicKey.Parse(master.Public.Span).Is(out var key, out _)
                    && EcdsaSignature.FromCompact(signature[..64].ToArray(), signature[64]).Is(out var parsed, out _)
                    && key.Verify(Hash256.Sha256(message).AsSpan(), parsed);
            case MasterKeyKind.Rsa3072:
                return CertificateKey.Parse(master.Public.Span).Is(out var rsa, out _) && rsa.VerifiesStatement(message, signature);
            case MasterKeyKind.Aes256:
            default:
                return false;
        }
    }
}
