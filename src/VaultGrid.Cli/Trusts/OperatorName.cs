using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Trusts;

/// <summary>An operator by number or by identity.</summary>
internal static class OperatorName
{
    public static string? Uri(string? text)
    {
        if (text is null) return null;
        var uri = text.StartsWith(CertificateIdentity.Scheme, StringComparison.Ordinal) ? text : $"{CertificateIdentity.Scheme}operator/{text}";
        return CertificateIdentity.Parse(uri).Is(out var identity, out _) && identity.Role == CertificateRole.Operator
            ? identity.Uri
            : throw CommandEndedException.Usage($"'{text}' is no operator: expected a number or vaultgrid://operator/N");
    }
}
