namespace VaultGrid.Grains;

/// <summary>CA certificates and revocation lists.</summary>
/// <param name="Bundle">The bundle in DER.</param>
[GenerateSerializer, Immutable, Alias("vg.authorities.bundle.v1")]
public sealed record AuthoritiesBundle([property: Id(0)] ReadOnlyMemory<byte> Bundle);

/// <summary>What the attached nodes said to a bundle.</summary>
/// <param name="Nodes">Each node's word.</param>
[GenerateSerializer, Immutable, Alias("vg.authorities.published.v1")]
public sealed record PublishedAuthorities([property: Id(0)] ImmutableArray<NodeVerdict> Nodes);

/// <summary>What one node said.</summary>
/// <param name="Node">The node.</param>
/// <param name="Refusal">Why not; null where it went well.</param>
[GenerateSerializer, Immutable, Alias("vg.authorities.verdict.v1")]
public sealed record NodeVerdict([property: Id(0)] NodeId Node, [property: Id(1)] Refused? Refusal);
