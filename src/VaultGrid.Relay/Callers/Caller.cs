namespace VaultGrid.Relay;

/// <summary>Who calls.</summary>
/// <param name="Identity">The identity of the client's certificate, or of the relay's own where it asks for itself.</param>
/// <param name="Relay">The relay that says so, where the call was forwarded; null where the caller is connected here.</param>
public sealed record Caller(CertificateIdentity Identity, CertificateIdentity? Relay)
{
    /// <summary>What limits are counted by: whoever comes through a relay is told apart from the same name here or behind another.</summary>
    internal string Account => Relay is null ? Identity.Uri : $"{Relay.Uri} {Identity.Uri}";
}
