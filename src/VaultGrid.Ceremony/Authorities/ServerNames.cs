using System.Collections.Immutable;
using System.Net;

namespace VaultGrid.Ceremony.Authorities;

/// <summary>What TLS clients call a relay by; a relay's certificate has at least one, no other has any.</summary>
/// <param name="Dns">DNS names.</param>
/// <param name="Addresses">IPv4 and IPv6 addresses.</param>
public sealed record ServerNames(ImmutableArray<string> Dns, ImmutableArray<IPAddress> Addresses)
{
    /// <summary>For certificates of everyone but relays.</summary>
    public static ServerNames None { get; } = new([], []);
}
