using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>What one session signs: public numbers, computed before a nonce is at stake.</summary>
/// <param name="Approval">The hash of the approved request.</param>
/// <param name="Digest">32 bytes.</param>
/// <param name="Child">The account's key and tweak.</param>
internal sealed record SigningTask(Hash256 Approval, Hash256 Digest, ChildKey Child)
{
    /// <summary>m: the digest modulo q.</summary>
    public PublicScalar Message => PrimeGroup.Secp256k1.Reduce(Digest.AsSpan());
}
