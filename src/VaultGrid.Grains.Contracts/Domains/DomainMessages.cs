namespace VaultGrid.Grains;

/// <summary>A caller's signed call.</summary>
/// <param name="Body">The bytes that were signed.</param>
/// <param name="Certificate">The caller's certificate, DER.</param>
/// <param name="Signature">The signature.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Node">The node that must answer; null for any that can.</param>
/// <param name="Domain">The Domain's document, where the caller sends one; else empty.</param>
[GenerateSerializer, Immutable, Alias("vg.domain.call.v1")]
public sealed record CallDomain(
    [property: Id(0)] ReadOnlyMemory<byte> Body,
    [property: Id(1)] ReadOnlyMemory<byte> Certificate,
    [property: Id(2)] ReadOnlyMemory<byte> Signature,
    [property: Id(3)] ReadOnlyMemory<byte> Parameters,
    [property: Id(4)] NodeId? Node,
    [property: Id(5)] ReadOnlyMemory<byte> Domain);

/// <summary>What came of a call.</summary>
/// <param name="Node">The node that answered.</param>
/// <param name="Master">The version of the master key.</param>
/// <param name="Result">The result of a use; else empty.</param>
/// <param name="Domain">The Domain's document after a creation or rotation; else empty.</param>
[GenerateSerializer, Immutable, Alias("vg.domain.result.v1")]
public sealed record DomainResult(
    [property: Id(0)] NodeId Node, [property: Id(1)] uint Master, [property: Id(2)] ReadOnlyMemory<byte> Result, [property: Id(3)] ReadOnlyMemory<byte> Domain);

/// <summary>The next revision of a Domain.</summary>
/// <param name="Before">The hash of the keys that it was made of.</param>
/// <param name="Next">The next revision without its Trust (<see cref="SealedKeys"/>).</param>
[GenerateSerializer, Immutable, Alias("vg.domain.replace.v1")]
public sealed record ReplaceDomain([property: Id(0)] Hash256 Before, [property: Id(1)] ReadOnlyMemory<byte> Next);

/// <summary>Which Domains are wanted, in the order in which they came.</summary>
/// <param name="After">The mark that the page before gave; null for the first.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="Chain">Only this chain's.</param>
/// <param name="Owner">Only this operator's.</param>
/// <param name="Below">Only those of <paramref name="Chain"/> under a Trust with a lower number.</param>
[GenerateSerializer, Immutable, Alias("vg.domain.query.v1")]
public sealed record DomainListing(
    [property: Id(0)] string? After,
    [property: Id(1)] int Limit,
    [property: Id(2)] TrustId? Chain,
    [property: Id(3)] string? Owner,
    [property: Id(4)] ulong? Below);

/// <summary>A page of Domains.</summary>
/// <param name="Domains">The Domains, without their documents.</param>
/// <param name="Next">The mark for the next page; null on the last.</param>
[GenerateSerializer, Immutable, Alias("vg.domain.page.v1")]
public sealed record DomainPage([property: Id(0)] ImmutableArray<DomainReport> Domains, [property: Id(1)] string? Next);
