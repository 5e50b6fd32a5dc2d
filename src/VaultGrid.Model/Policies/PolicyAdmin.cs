using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>An administrator as a policy lists them: identity and public key, so that an Admin CA alone can add nobody.</summary>
/// <param name="Identity">The certificate's URI, such as <c>vaultgrid://admin/3</c>.</param>
/// <param name="Key">SHA-256 of the public key's SubjectPublicKeyInfo (DER).</param>
public readonly record struct PolicyAdmin(string Identity, Hash256 Key)
{
    /// <summary>The administrator that a certificate speaks for.</summary>
    public static PolicyAdmin Of(RoleCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new PolicyAdmin(certificate.Identity.Uri, new Hash256(certificate.Key.SpkiHash.Span));
    }

    /// <summary>Reads <c>identity 0xhash</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PolicyAdmin admin)
    {
        admin = default;
        if (text is null || text.Split(' ') is not [var uri, var key] || !Hash256.TryParse(key, out var hash)) return false;
        if (!CertificateIdentity.Parse(uri).Is(out var identity, out _) || identity.Role != CertificateRole.Admin) return false;
        admin = new PolicyAdmin(identity.Uri, hash);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Identity} {Key}";
}
