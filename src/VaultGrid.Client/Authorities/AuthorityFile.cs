using System.Text.Json.Serialization;

namespace VaultGrid.Client;

/// <summary>CA certificates and revocation lists.</summary>
/// <param name="Pem">One PEM text of <c>CERTIFICATE</c> and <c>X509 CRL</c> blocks, as <c>vaultgrid ca bundle</c> writes it.</param>
public sealed record AuthorityFile(string Pem);

/// <summary>Where a bundle arrived.</summary>
/// <param name="Nodes">What each attached node said: null where it took the bundle.</param>
public sealed record AuthoritiesPublished(IReadOnlyList<NodeTook> Nodes);

/// <summary>What one node said to a bundle.</summary>
/// <param name="Node">The node.</param>
/// <param name="Refusal">Why it did not take it, if so.</param>
public sealed record NodeTook(NodeId Node, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Problem? Refusal);
