namespace VaultGrid.Client;

/// <summary>A Trust as it is filed.</summary>
/// <param name="Trust">The document, without an HSM's seal; its signatures are verified one by one.</param>
public sealed record TrustSubmission(ReadOnlyMemory<byte> Trust);

/// <summary>An operator's signature under a Trust.</summary>
/// <param name="Certificate">The operator's certificate, DER.</param>
/// <param name="Signature">Over <c>"VaultGrid/v1/trust" ‖ 0x00 ‖ hash</c>.</param>
public sealed record TrustSignature(ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Signature);

/// <summary>The administrators' approved <c>bootstrap-trust</c> request.</summary>
/// <param name="Request">Its canonical bytes.</param>
/// <param name="Approvals">The approvals.</param>
public sealed record TrustApproval(ReadOnlyMemory<byte> Request, IReadOnlyList<RequestApproval> Approvals);

/// <summary>Which HSM is to seal a Trust.</summary>
/// <param name="Node">The node; null for any that this Trust and the one before name.</param>
public sealed record TrustSealing(NodeId? Node = null);

/// <summary>A document to be stored or verified.</summary>
/// <param name="Document">Its bytes.</param>
public sealed record DocumentSubmission(ReadOnlyMemory<byte> Document);

/// <summary>What came of verifying a document: it counts, or why not.</summary>
/// <param name="Counts">True where every signature that it needs is there and good.</param>
/// <param name="Refusal">Why it doesn't count.</param>
public sealed record DocumentVerdict(bool Counts, Problem? Refusal = null);
