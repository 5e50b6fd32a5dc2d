namespace VaultGrid.Model.Certificates;

/// <summary>What becomes of revocation lists whose nextUpdate has passed.</summary>
public enum OverdueLists
{
    /// <summary>The certificate doesn't count: whatever uses a key.</summary>
    Refused,

    /// <summary>They are taken as they are: audit signatures alone.</summary>
    Tolerated,
}
