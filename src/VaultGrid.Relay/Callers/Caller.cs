namespace VaultGrid.Relay;

/// <summary>Who calls.</summary>
/// <param name="Identity">The identity of the client's certificate, or of the relay's own where it asks for itself.</param>
/// <param name="Relay">The relay that says so, where the call was forwarded; null where the caller is connected here.</param>
/// <param name="Hops">How many relays the call has passed.</param>
public sealed record Caller(CertificateIdentity Identity, CertificateIdentity? Relay, int Hops = 0)
{
    /// <summary>
    /// The identity, and after <c>via</c> the relay where there is one: its word is all there is for the name, so whoever comes through it is told
    /// apart from the same name here. What the history records and what limits are counted by.
    /// </summary>
    public override string ToString() => Relay is null ? Identity.Uri : $"{Identity.Uri} via {Relay.Uri}";
}
