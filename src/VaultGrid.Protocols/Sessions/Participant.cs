using System.Globalization;

namespace VaultGrid.Protocols.Sessions;

/// <summary>Who takes part in a session for its cluster.</summary>
/// <param name="Cluster">The cluster's number, from 1.</param>
/// <param name="Node">The node's number in its cluster, from 1.</param>
/// <param name="SessionKey">The hash of the node's session-key statement, to which this session's messages are sealed.</param>
public readonly record struct Participant(uint Cluster, uint Node, Hash256 SessionKey)
{
    /// <summary>Such as <c>1/2</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Cluster}/{Node}");
}
