using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Authorities;

/// <summary>A certificate that a CA gave out.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="FullChainPem">The certificate and the CAs above it but the root, in PEM: what a TLS server sends and <c>openssl verify -untrusted</c> takes.</param>
public sealed record IssuedCertificate(RoleCertificate Certificate, string FullChainPem);
