namespace VaultGrid.Enclave;

/// <summary>A participant as this enclave has verified it: what its messages are verified with, and sealed to.</summary>
/// <param name="Node">Who it is.</param>
/// <param name="Device">Its D public key.</param>
/// <param name="Boxes">Boxes to its session key; they belong to whoever keeps known peers.</param>
internal sealed record SessionPeer(NodeId Node, CertificateKey Device, BoxStock Boxes)
{
    /// <summary>Its session public key.</summary>
    public P256PublicKey SessionKey => Boxes.Recipient;
}
