namespace VaultGrid.Client;

/// <summary>A caller's signed call to a shared key.</summary>
/// <param name="Body">The bytes that were signed.</param>
/// <param name="Certificate">The caller's certificate of the client role, DER.</param>
/// <param name="Signature">Over <c>"VaultGrid/v1/call" ‖ 0x00 ‖ body</c>.</param>
/// <param name="Parameters">The parameters, which the body names by hash: what is signed, or evaluated.</param>
/// <param name="Besides">For an evaluation: nodes whose answers the caller has, or found wrong.</param>
public sealed record KeyCall(
    ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Parameters, IReadOnlyList<NodeId>? Besides = null);

/// <summary>Partial evaluations, each sealed to the caller.</summary>
/// <param name="Evaluations">Those that came.</param>
/// <param name="Blamed">Who did not answer.</param>
public sealed record KeyEvaluations(IReadOnlyList<KeyEvaluation> Evaluations, IReadOnlyList<Blame> Blamed);

/// <summary>One holder's evaluation.</summary>
/// <param name="Node">The holder.</param>
/// <param name="Version">The hash of the version that it is of.</param>
/// <param name="Share">The share's number.</param>
/// <param name="Sealed">The evaluation, sealed to the call's answer key.</param>
public sealed record KeyEvaluation(NodeId Node, Hash256 Version, int Share, ReadOnlyMemory<byte> Sealed);
