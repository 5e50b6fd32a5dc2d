namespace VaultGrid.Client;

/// <summary>A caller's signed call (docs/domains.md).</summary>
/// <param name="Body">The bytes that were signed.</param>
/// <param name="Certificate">The caller's certificate of the client role, DER.</param>
/// <param name="Signature">Over <c>"VaultGrid/v1/call" ‖ 0x00 ‖ body</c>.</param>
/// <param name="Parameters">The parameters, which the body names by hash.</param>
/// <param name="Node">The node that must answer: the one whose session key a secret was sealed to; null for any that can.</param>
/// <param name="Domain">The Domain's document, where the caller keeps it; null for the one that the grid keeps.</param>
public sealed record DomainCall(
    ReadOnlyMemory<byte> Body,
    ReadOnlyMemory<byte> Certificate,
    ReadOnlyMemory<byte> Signature,
    ReadOnlyMemory<byte> Parameters,
    NodeId? Node = null,
    ReadOnlyMemory<byte>? Domain = null);

/// <summary>What an HSM answered.</summary>
/// <param name="Node">The node.</param>
/// <param name="Master">The version of the master key that was used, or that now serves new data.</param>
/// <param name="Result">The result of a use: a wrapped file key, a signature, or a secret sealed to the call's answer key; null otherwise.</param>
/// <param name="Domain">The Domain that was made, or its next revision; null after a use.</param>
public sealed record DomainAnswer(NodeId Node, uint Master, ReadOnlyMemory<byte>? Result = null, ReadOnlyMemory<byte>? Domain = null);

/// <summary>A node's session key.</summary>
/// <param name="Node">The node.</param>
/// <param name="Statement">What its D key signed: tag, node, point, from, to.</param>
/// <param name="Certificate">Its device certificate, DER.</param>
/// <param name="Signature">The D key's signature.</param>
public sealed record SessionKeyStatus(NodeId Node, ReadOnlyMemory<byte> Statement, ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Signature);
