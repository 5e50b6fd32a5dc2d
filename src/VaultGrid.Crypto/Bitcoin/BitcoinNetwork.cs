namespace VaultGrid.Crypto.Bitcoin;

/// <summary>A Bitcoin network, as its addresses tell it.</summary>
public enum BitcoinNetwork
{
    /// <summary>Prefix <c>bc</c>.</summary>
    Mainnet,

    /// <summary>Prefix <c>tb</c>: testnet and signet.</summary>
    Testnet,

    /// <summary>Prefix <c>bcrt</c>.</summary>
    Regtest,
}
