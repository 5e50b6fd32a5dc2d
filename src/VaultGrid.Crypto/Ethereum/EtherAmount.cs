namespace VaultGrid.Crypto.Ethereum;

/// <summary>Exact decimal text of amounts in wei: no rounding, no exponent, no thousands separator.</summary>
public static class EtherAmount
{
    /// <summary>Wei in one coin.</summary>
    public const ulong WeiPerEther = 1_000_000_000_000_000_000;

    private const int EtherDecimals = 18;
    private const int GweiDecimals = 9;

    /// <summary>Wei as whole coins of 10^18 wei, such as <c>1.5</c> or <c>0.000000000000000001</c>.</summary>
    public static string ToEther(UInt256 wei) => Scale(wei, EtherDecimals);

    /// <summary>Wei as gwei of 10^9 wei.</summary>
    public static string ToGwei(UInt256 wei) => Scale(wei, GweiDecimals);

    private static string Scale(UInt256 amount, int decimals)
    {
        var digits = amount.ToString().PadLeft(decimals + 1, '0');
        var fraction = digits[^decimals..].TrimEnd('0');
        var whole = digits[..^decimals];
        return fraction.Length == 0 ? whole : $"{whole}.{fraction}";
    }
}
