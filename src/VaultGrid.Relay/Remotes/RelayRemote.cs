using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VaultGrid.Relay;

/// <summary>Clusters that are in another grid, and the way to it: a relay over mutual TLS, or a channel.</summary>
public sealed class RelayRemote
{
    /// <summary>The clusters' numbers.</summary>
    [Required]
    public IList<uint> Clusters { get; } = [];

    /// <summary>The other grid's relay, <c>https://host:port</c>; or none, where there is a channel.</summary>
    public Uri? Address { get; set; }

    /// <summary>The channel to the other grid; or none, where there is an address.</summary>
    [ValidateObjectMembers]
    public RelayChannel? Channel { get; set; }
}
