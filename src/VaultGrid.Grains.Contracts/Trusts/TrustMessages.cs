namespace VaultGrid.Grains;

/// <summary>A document on its way.</summary>
/// <param name="Document">Its bytes.</param>
[GenerateSerializer, Immutable, Alias("vg.document.v1")]
public sealed record GivenDocument([property: Id(0)] ReadOnlyMemory<byte> Document);

/// <summary>Files an unsigned Trust.</summary>
/// <param name="Document">The Trust with the signatures that it has.</param>
/// <param name="Caller">Who files it.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.file.v1")]
public sealed record FileTrust([property: Id(0)] ReadOnlyMemory<byte> Document, [property: Id(1)] string Caller);

/// <summary>An operator's signature.</summary>
/// <param name="Trust">The Trust's hash.</param>
/// <param name="Certificate">The operator's certificate, DER.</param>
/// <param name="Signature">The signature.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.sign.v1")]
public sealed record SignTrust([property: Id(0)] Hash256 Trust, [property: Id(1)] ReadOnlyMemory<byte> Certificate, [property: Id(2)] ReadOnlyMemory<byte> Signature);

/// <summary>The administrators' approval of a Bootstrap Trust or its successor.</summary>
/// <param name="Trust">The Trust's hash.</param>
/// <param name="Request">The request's canonical bytes.</param>
/// <param name="Approvals">The approvals.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.approve.v1")]
public sealed record ApproveTrust(
    [property: Id(0)] Hash256 Trust, [property: Id(1)] ReadOnlyMemory<byte> Request, [property: Id(2)] ImmutableArray<GivenApproval> Approvals);

/// <summary>Has a Trust sealed.</summary>
/// <param name="Trust">The Trust's hash.</param>
/// <param name="Node">Which HSM; null for any that may.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.seal.v1")]
public sealed record SealTrust([property: Id(0)] Hash256 Trust, [property: Id(1)] NodeId? Node);

/// <summary>Has an HSM make its wrap key.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kind">The kind's number (<see cref="WrapKeyKind"/>).</param>
[GenerateSerializer, Immutable, Alias("vg.trust.new-hsm-key.v1")]
public sealed record NewHsmKey([property: Id(0)] NodeId Node, [property: Id(1)] byte Kind);

/// <summary>An HSM's public keys for a chain.</summary>
/// <param name="Node">The node.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Kind">The kind's number (<see cref="WrapKeyKind"/>).</param>
/// <param name="WrapKey">SHA-256 of the wrap key's SubjectPublicKeyInfo.</param>
/// <param name="Document">The whole (<see cref="HsmKey"/>).</param>
/// <param name="Retired">Whether the node has wiped it.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.hsm-key.v1")]
public sealed record HsmKeyReport(
    [property: Id(0)] NodeId Node,
    [property: Id(1)] TrustId Chain,
    [property: Id(2)] byte Kind,
    [property: Id(3)] Hash256 WrapKey,
    [property: Id(4)] ReadOnlyMemory<byte> Document,
    [property: Id(5)] bool Retired);

/// <summary>An operator's public key.</summary>
/// <param name="Identity">The operator.</param>
/// <param name="Key">SHA-256 of the public key's SubjectPublicKeyInfo.</param>
/// <param name="Certificate">The certificate, DER.</param>
/// <param name="NotAfter">When it runs out.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.operator.v1")]
public sealed record OperatorReport(
    [property: Id(0)] string Identity, [property: Id(1)] Hash256 Key, [property: Id(2)] ReadOnlyMemory<byte> Certificate, [property: Id(3)] DateTimeOffset NotAfter);

/// <summary>A chain.</summary>
/// <param name="Chain">Its id.</param>
/// <param name="Trusts">The hashes of its Trusts, in order.</param>
/// <param name="Hsms">The HSMs of the newest.</param>
/// <param name="Retired">The HSMs that have wiped their wrap key.</param>
/// <param name="Domains">How many Domains stand under it.</param>
/// <param name="Behind">How many of them under an older Trust than the newest.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.chain-report.v1")]
public sealed record ChainReport(
    [property: Id(0)] TrustId Chain,
    [property: Id(1)] ImmutableArray<Hash256> Trusts,
    [property: Id(2)] ImmutableArray<NodeId> Hsms,
    [property: Id(3)] ImmutableArray<NodeId> Retired,
    [property: Id(4)] long Domains,
    [property: Id(5)] long Behind);

/// <summary>An enclave's session key.</summary>
/// <param name="Node">The node.</param>
/// <param name="Statement">What its D key signed.</param>
/// <param name="Certificate">Its device certificate, DER.</param>
/// <param name="Signature">The D key's signature.</param>
[GenerateSerializer, Immutable, Alias("vg.trust.session-key.v1")]
public sealed record SessionKeyReport(
    [property: Id(0)] NodeId Node, [property: Id(1)] ReadOnlyMemory<byte> Statement, [property: Id(2)] ReadOnlyMemory<byte> Certificate, [property: Id(3)] ReadOnlyMemory<byte> Signature);
