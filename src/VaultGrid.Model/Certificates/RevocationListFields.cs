namespace VaultGrid.Model.Certificates;

/// <summary>What a revocation list says of itself.</summary>
internal sealed record RevocationListFields
{
    public required ReadOnlyMemory<byte> Signed { get; init; }

    public required SignatureAlgorithm Algorithm { get; init; }

    public required ReadOnlyMemory<byte> Signature { get; init; }

    public required ReadOnlyMemory<byte> Issuer { get; init; }

    public required ReadOnlyMemory<byte> AuthorityKeyId { get; init; }

    public required ulong Number { get; init; }

    public required DateTimeOffset ThisUpdate { get; init; }

    public required DateTimeOffset NextUpdate { get; init; }
}
