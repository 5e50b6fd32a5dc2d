namespace VaultGrid.Grains;

/// <summary>An ECDSA signature on secp256k1 as an enclave made it.</summary>
/// <param name="Digest">What was signed.</param>
/// <param name="R">r, 32 bytes.</param>
/// <param name="S">s, 32 bytes, low.</param>
/// <param name="RecoveryId">0 to 3.</param>
/// <param name="PublicKey">The compressed public key, 33 bytes.</param>
/// <param name="Path">The derivation path.</param>
/// <param name="Node">The node that signed; in a session the last of its participants.</param>
/// <param name="Transaction">The signed transaction as a network takes it; empty where none was asked for.</param>
/// <param name="Session">The session in which several clusters signed; null where one node did.</param>
/// <param name="Participants">Who took part in it; empty where one node signed.</param>
[GenerateSerializer, Immutable, Alias("vg.key.signature.v1")]
public sealed record SignatureReport(
    [property: Id(0)] Hash256 Digest,
    [property: Id(1)] ReadOnlyMemory<byte> R,
    [property: Id(2)] ReadOnlyMemory<byte> S,
    [property: Id(3)] byte RecoveryId,
    [property: Id(4)] ReadOnlyMemory<byte> PublicKey,
    [property: Id(5)] string Path,
    [property: Id(6)] NodeId Node,
    [property: Id(7)] ReadOnlyMemory<byte> Transaction,
    [property: Id(8)] Hash256? Session = null,
    [property: Id(9)] ImmutableArray<NodeId> Participants = default);

/// <summary>A wish for an audit signature.</summary>
/// <param name="Node">The number of the node that shall sign; null for any.</param>
/// <param name="Message">At most 8 bytes.</param>
[GenerateSerializer, Immutable, Alias("vg.key.audit.v1")]
public sealed record AuditSign([property: Id(0)] uint? Node, [property: Id(1)] ReadOnlyMemory<byte> Message);
