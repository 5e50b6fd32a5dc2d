namespace VaultGrid.Crypto.Ethereum;

/// <summary>The part of a summary that reads the data and the access list.</summary>
internal static class CallSummary
{
    // From 2^128 units on an allowance outlives every real token's supply, so it is as good as unlimited.
    private static readonly UInt256 PracticallyUnlimited = UInt256.FromBigEndian([1, .. new byte[16]]);

    internal static IEnumerable<SummaryLine> Lines(EthereumTransaction transaction) => [.. Call(transaction), .. Access(transaction)];

    internal static IEnumerable<SummaryLine> Warnings(EthereumTransaction transaction)
    {
        var texts = (transaction, Read(transaction)) switch
        {
            ({ Data.IsEmpty: true, To: null }, _) => ["has no code for the contract that it creates"],
            ({ Data.IsEmpty: true } or { To: null }, _) => [],
            (_, Erc20Call.Transfer call) => Receiver(transaction, call.To),
            (_, Erc20Call.TransferFrom call) => ["moves tokens of another account, or of this one by an allowance", .. Receiver(transaction, call.To)],
            (_, Erc20Call.Approve call) => Allowance(call),
            _ when Erc20Call.HasSelector(transaction.Data.Span) =>
                ["begins like an ERC-20 call but its arguments are malformed: what it would do is unknown"],
            _ => (IEnumerable<string>)["the call is not one that can be shown: approve it only if you know its data by other means"],
        };
        return texts.Select(text => new SummaryLine(SummaryLine.WarningLabel, text));
    }

    private static Erc20Call? Read(EthereumTransaction transaction) => transaction.To is null ? null : Erc20Call.Read(transaction.Data.Span);

    private static List<SummaryLine> Call(EthereumTransaction transaction) => (transaction, Read(transaction)) switch
    {
        ({ Data.IsEmpty: true }, _) => [],
        (_, Erc20Call.Transfer call) =>
        [
            new("call", "ERC-20 transfer"),
            new("token", $"{transaction.To}"),
            new("token recipient", call.To.ToString()),
            new("token amount", Units(call.Amount)),
        ],
        (_, Erc20Call.Approve call) =>
        [
            new("call", "ERC-20 approve"),
            new("token", $"{transaction.To}"),
            new("spender", call.Spender.ToString()),
            new("allowance", IsUnlimited(call) ? $"UNLIMITED ({call.Amount})" : Units(call.Amount)),
        ],
        (_, Erc20Call.TransferFrom call) =>
        [
            new("call", "ERC-20 transferFrom"),
            new("token", $"{transaction.To}"),
            new("token owner", call.From.ToString()),
            new("token recipient", call.To.ToString()),
            new("token amount", Units(call.Amount)),
        ],
        _ => Opaque(transaction),
    };

    private static List<SummaryLine> Opaque(EthereumTransaction transaction)
    {
        var data = transaction.Data.Span;
        List<SummaryLine> lines = [];
        if (transaction.To is null) lines.Add(new("call", "none: the data is the contract's code"));
        else if (data.Length >= 4) lines.Add(new("call", $"unknown, selector {Hex.Encode(data[..4])}"));
        else lines.Add(new("call", "unknown, data too short for a selector"));
        lines.Add(new("data", $"{data.Length} bytes, Keccak-256 {Hex.Encode(Keccak256.Hash(data))}"));
        return lines;
    }

    private static IEnumerable<SummaryLine> Access(EthereumTransaction transaction)
    {
        var list = transaction switch
        {
            Eip2930Transaction typed => typed.AccessList,
            Eip1559Transaction typed => typed.AccessList,
            _ => [],
        };
        return list.Count == 0
            ? []
            : [new("access list", $"{list.Count} addresses, {list.Sum(entry => entry.StorageKeys.Count)} storage keys")];
    }

    private static IEnumerable<string> Receiver(EthereumTransaction transaction, EthereumAddress to)
    {
        if (to.IsZero) yield return "the token recipient is the zero address: tokens sent there are lost";
        if (to == transaction.To) yield return "the token recipient is the token contract itself: tokens sent there are mostly lost";
    }

    private static IEnumerable<string> Allowance(Erc20Call.Approve call)
    {
        if (call.Amount.IsZero) yield break;
        yield return IsUnlimited(call)
            ? $"UNLIMITED APPROVAL: {call.Spender} may take every token of this kind from this account, now and later"
            : $"{call.Spender} may take up to the allowance from this account at any later time";
    }

    private static bool IsUnlimited(Erc20Call.Approve call) => call.Amount >= PracticallyUnlimited;

    // Decimals and symbol are the contract's own claims, so none are shown. ERC-721 shares two of the selectors.
    private static string Units(UInt256 amount) => $"{amount} smallest units of the token (an id, if the contract is an ERC-721)";
}
