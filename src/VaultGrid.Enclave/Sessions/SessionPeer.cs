namespace VaultGrid.Enclave;

/// <summary>A participant as this enclave has verified it: what its messages are verified with, and sealed to.</summary>
/// <param name="Node">Who it is.</param>
/// <param name="Device">Its D public key.</param>
/// <param name="SessionKey">Its session public key; it belongs to whoever keeps known peers.</param>
internal sealed record SessionPeer(NodeId Node, CertificateKey Device, P256PublicKey SessionKey);
