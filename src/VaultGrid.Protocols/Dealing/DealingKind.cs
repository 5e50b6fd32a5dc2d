namespace VaultGrid.Protocols;

/// <summary>What dealings are for.</summary>
public enum DealingKind
{
    /// <summary>A new key: random constant terms, with proofs of possession, committed to before they are revealed.</summary>
    Generate = 1,

    /// <summary>New shares of the same key for the same parties: constant terms of 0.</summary>
    Refresh = 2,

    /// <summary>New shares of the same key for other parties or another f: the dealers' old shares as constant terms.</summary>
    Reshare = 3,
}
