namespace VaultGrid.Grains;

/// <summary>A version that came out of a ceremony.</summary>
/// <param name="Certified">The version with its votes, in the encoding of the enclaves.</param>
/// <param name="Evidence">The key's evidence, likewise; empty where it did not change.</param>
/// <param name="Made">The ceremony's kind by name.</param>
/// <param name="Request">The approved request of a resharing, for holders that missed it; empty else.</param>
/// <param name="Approvals">Its approvals.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.learn.v1")]
public sealed record LearnSharedKey(
    [property: Id(0)] ReadOnlyMemory<byte> Certified,
    [property: Id(1)] ReadOnlyMemory<byte> Evidence,
    [property: Id(2)] string Made,
    [property: Id(3)] ReadOnlyMemory<byte> Request,
    [property: Id(4)] ImmutableArray<GivenApproval> Approvals);

/// <summary>A message to be signed.</summary>
/// <param name="Request">The approved request's exact bytes, or a caller's signed call with its parameters, in the encoding of the enclaves.</param>
/// <param name="Approvals">The request's approvals; none for a call.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.sign.v1")]
public sealed record SignMessage([property: Id(0)] ReadOnlyMemory<byte> Request, [property: Id(1)] ImmutableArray<GivenApproval> Approvals);

/// <summary>A signature of a shared key.</summary>
/// <param name="Algorithm"><c>schnorr</c>, <c>taproot</c>, <c>ed25519</c> or <c>bls</c>.</param>
/// <param name="Signature">65, 64, 64 or 96 bytes.</param>
/// <param name="PublicKey">The key that it verifies under: of the account and tweak that signed.</param>
/// <param name="Path">The account's path.</param>
/// <param name="Version">The version of the shares.</param>
/// <param name="Signers">Who signed.</param>
/// <param name="Blamed">Who did not answer, or answered wrongly, and what.</param>
/// <param name="IsPooled">True where nonces had been prepared.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.signature.v1")]
public sealed record MessageSignatureReport(
    [property: Id(0)] string Algorithm,
    [property: Id(1)] ReadOnlyMemory<byte> Signature,
    [property: Id(2)] ReadOnlyMemory<byte> PublicKey,
    [property: Id(3)] string Path,
    [property: Id(4)] uint Version,
    [property: Id(5)] ImmutableArray<NodeId> Signers,
    [property: Id(6)] ImmutableArray<BlameReport> Blamed,
    [property: Id(7)] bool IsPooled);

/// <summary>What a node did wrong, as others say.</summary>
/// <param name="Node">The node.</param>
/// <param name="Why">The check that failed, or the refusal's code.</param>
/// <param name="By">Who says so; nobody where the silo itself heard nothing from it.</param>
/// <param name="IsProven">True where the node's own signed messages convict it.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.blame.v1")]
public sealed record BlameReport(
    [property: Id(0)] NodeId Node, [property: Id(1)] string Why, [property: Id(2)] ImmutableArray<NodeId> By, [property: Id(3)] bool IsProven);

/// <summary>A signed call for partial evaluations.</summary>
/// <param name="Body">The call's body.</param>
/// <param name="Certificate">The caller's certificate, DER.</param>
/// <param name="Signature">The caller's signature.</param>
/// <param name="Input">The call's parameters: what is evaluated.</param>
/// <param name="Besides">Nodes whose evaluations the caller has, or found wrong: others are asked.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.evaluate.v1")]
public sealed record EvaluateKey(
    [property: Id(0)] ReadOnlyMemory<byte> Body,
    [property: Id(1)] ReadOnlyMemory<byte> Certificate,
    [property: Id(2)] ReadOnlyMemory<byte> Signature,
    [property: Id(3)] ReadOnlyMemory<byte> Input,
    [property: Id(4)] ImmutableArray<NodeId> Besides);

/// <summary>Partial evaluations, each sealed to the caller.</summary>
/// <param name="Evaluations">Those that came.</param>
/// <param name="Blamed">Who did not answer.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.evaluations.v1")]
public sealed record EvaluationsReport([property: Id(0)] ImmutableArray<EvaluationReport> Evaluations, [property: Id(1)] ImmutableArray<BlameReport> Blamed);

/// <summary>One node's evaluation.</summary>
/// <param name="Node">The node.</param>
/// <param name="Version">The hash of the version that it is of.</param>
/// <param name="Share">The share's number.</param>
/// <param name="Sealed">The evaluation, sealed to the call's answer key.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.evaluation.v1")]
public sealed record EvaluationReport(
    [property: Id(0)] NodeId Node, [property: Id(1)] Hash256 Version, [property: Id(2)] byte Share, [property: Id(3)] ReadOnlyMemory<byte> Sealed);

/// <summary>A wish for backups of a key's shares.</summary>
/// <param name="Administrators">The certificates of the administrators of the key's policy, DER, in the policy's order.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.backup.v1")]
public sealed record BackupSharedKey([property: Id(0)] ImmutableArray<ReadOnlyMemory<byte>> Administrators);

/// <summary>Statements of enclaves, D-signed.</summary>
/// <param name="Statements">Those that came, with their certificates.</param>
/// <param name="Blamed">Who did not answer, or refused.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.statements.v1")]
public sealed record StatementsReport([property: Id(0)] ImmutableArray<NodeStatement> Statements, [property: Id(1)] ImmutableArray<BlameReport> Blamed);

/// <summary>What proves a shared key to whoever believes no silo.</summary>
/// <param name="Certified">The version in force with its votes.</param>
/// <param name="Evidence">The key's evidence.</param>
/// <param name="Statements">What its holders say now, D-signed.</param>
/// <param name="Replacements">The requests that gave its holders fresh devices since that version, the oldest first.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.evidence.v1")]
public sealed record SharedKeyEvidenceReport(
    [property: Id(0)] ReadOnlyMemory<byte> Certified,
    [property: Id(1)] ReadOnlyMemory<byte> Evidence,
    [property: Id(2)] ImmutableArray<NodeStatement> Statements,
    [property: Id(3)] ImmutableArray<ReadOnlyMemory<byte>> Replacements);

/// <summary>An approved request that holders carry out each by itself.</summary>
/// <param name="Request">The request's exact bytes.</param>
/// <param name="Approvals">Its approvals.</param>
/// <param name="Document">The document that travels with it.</param>
/// <param name="Only">The only node that is asked; null for all holders.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.perform.v1")]
public sealed record PerformOnShares(
    [property: Id(0)] ReadOnlyMemory<byte> Request,
    [property: Id(1)] ImmutableArray<GivenApproval> Approvals,
    [property: Id(2)] ReadOnlyMemory<byte> Document,
    [property: Id(3)] NodeId? Only);

/// <summary>What came of it.</summary>
/// <param name="Nodes">The holders that carried it out.</param>
/// <param name="Blamed">Those that did not; they are asked again until they do.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.performed.v1")]
public sealed record SharesPerformed([property: Id(0)] ImmutableArray<NodeId> Nodes, [property: Id(1)] ImmutableArray<BlameReport> Blamed);
