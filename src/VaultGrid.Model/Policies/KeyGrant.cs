using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>What a policy permits one client: by identity and public key, so that a Relay CA alone can add nobody. Written <c>identity 0xkey operations</c>.</summary>
/// <param name="Identity">The certificate's URI, such as <c>vaultgrid://client/ops</c>.</param>
/// <param name="Key">SHA-256 of the public key's SubjectPublicKeyInfo (DER).</param>
/// <param name="Operations">What the client may do.</param>
public readonly record struct KeyGrant(string Identity, Hash256 Key, KeyOperations Operations)
{
    /// <summary>A permission for the client that a certificate speaks for.</summary>
    public static KeyGrant For(RoleCertificate client, KeyOperations operations)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new KeyGrant(client.Identity.Uri, new Hash256(client.Key.SpkiHash.Span), operations);
    }

    /// <summary>True where it lets this caller do this.</summary>
    public bool Permits(RoleCertificate caller, KeyOperations operation)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return operation != KeyOperations.None && (Operations & operation) == operation
            && caller.Identity.Uri == Identity && new Hash256(caller.Key.SpkiHash.Span) == Key;
    }

    /// <summary>Reads <c>vaultgrid://client/name 0xhash sign,encrypt,decrypt</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out KeyGrant permission)
    {
        permission = default;
        if (text is null || text.Split(' ') is not [var uri, var key, var names] || !Hash256.TryParse(key, out var hash)) return false;
        if (!CertificateIdentity.Parse(uri).Is(out var identity, out _) || identity.Role != CertificateRole.Client) return false;
        if (!KeyOperationNames.TryParse(names, out var operations)) return false;
        permission = new KeyGrant(identity.Uri, hash, operations);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Identity} {Key} {Operations.Name()}";
}
