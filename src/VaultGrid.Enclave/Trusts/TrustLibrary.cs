namespace VaultGrid.Enclave;

/// <summary>Documents of verified Trusts, by hash, that were used lately: parsed once, shared by all Domains under them. In memory only, bounded.</summary>
internal sealed class TrustLibrary
{
    private const long Capacity = 64 * 1024 * 1024;

    // A parsed Trust takes some three times its bytes: certificates have keys and fields of their own.
    private readonly RecentlyUsed<Hash256, Trust> _trusts = new(Capacity, trust => 4096 + (3 * trust.Body.Bytes.Length));

    /// <summary>A Trust, or null where it isn't at hand.</summary>
    public Trust? Find(Hash256 hash) => _trusts.Find(hash);

    /// <summary>Keeps a Trust that was verified.</summary>
    public void Add(Trust trust) => _trusts.Add(trust.Hash, trust);
}
