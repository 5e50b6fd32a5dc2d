namespace VaultGrid.Crypto.Ethereum;

/// <summary>What people call a chain and its coin.</summary>
/// <param name="Number">The chain id (EIP-155).</param>
/// <param name="Name">Its name.</param>
/// <param name="Coin">The coin that pays for gas there, of 18 decimals.</param>
public sealed record EthereumChain(ulong Number, string Name, string Coin)
{
    /// <summary>The largest chain id (EIP-2294: floor((2^64 − 1) / 2) − 36).</summary>
    public const ulong MaxNumber = (ulong.MaxValue / 2) - 36;

    /// <summary>The chain of that number, or null where it is not one of the well-known.</summary>
    public static EthereumChain? Known(ulong number) => number switch
    {
        1 => new(number, "Ethereum", "ETH"),
        10 => new(number, "OP Mainnet", "ETH"),
        56 => new(number, "BNB Smart Chain", "BNB"),
        100 => new(number, "Gnosis", "xDAI"),
        137 => new(number, "Polygon PoS", "POL"),
        324 => new(number, "ZKsync Era", "ETH"),
        8453 => new(number, "Base", "ETH"),
        17000 => new(number, "Holesky testnet", "ETH"),
        31337 => new(number, "local development chain", "ETH"),
        42161 => new(number, "Arbitrum One", "ETH"),
        43114 => new(number, "Avalanche C-Chain", "AVAX"),
        59144 => new(number, "Linea", "ETH"),
        560048 => new(number, "Hoodi testnet", "ETH"),
        11155111 => new(number, "Sepolia testnet", "ETH"),
        _ => null,
    };
}
