namespace VaultGrid.Model.Certificates;

/// <summary>What the chain rules need of a certificate beside its identity; names and key identifiers are compared as bytes.</summary>
internal sealed record CertificateFields
{
    public required ReadOnlyMemory<byte> Signed { get; init; }

    public required SignatureAlgorithm Algorithm { get; init; }

    public required ReadOnlyMemory<byte> Signature { get; init; }

    public required CertificateSerial Serial { get; init; }

    public required ReadOnlyMemory<byte> Issuer { get; init; }

    public required ReadOnlyMemory<byte> Subject { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public required CertificateKey Key { get; init; }

    public required ReadOnlyMemory<byte> SubjectKeyId { get; init; }

    public required ReadOnlyMemory<byte> AuthorityKeyId { get; init; }

    /// <summary>What issuers are looked up by: made once, for a certificate is judged whenever it is shown.</summary>
    public string IssuerName => field ??= TrustedAuthorities.KeyId(AuthorityKeyId);

    public required ClientClaims Claims { get; init; }
}
