using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Trusts;

internal static class Operators
{
    public static OperatorReport Report(RoleCertificate certificate) =>
        new(certificate.Identity.Uri, new Hash256(certificate.Key.SpkiHash.Span), certificate.Der, certificate.NotAfter);
}
