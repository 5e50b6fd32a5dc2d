namespace VaultGrid.Crypto.Ethereum;

/// <summary>
/// What a transaction does, in plain words, for a person who is to approve it. Computed from the transaction alone: nothing that came
/// with it, no token list and no contract is asked, so nobody can dress it up. What can't be read is shown as such, with its hash.
/// </summary>
public sealed class TransactionSummary
{
    /// <summary>Gas that every transaction uses before anything else (yellow paper, G_transaction).</summary>
    private const ulong LeastGas = 21_000;

    private readonly List<SummaryLine> _lines = [];
    private readonly List<SummaryLine> _warnings = [];
    private readonly EthereumTransaction _transaction;
    private readonly string _coin;

    private TransactionSummary(EthereumTransaction transaction)
    {
        _transaction = transaction;
        _coin = KnownChain is { } chain ? chain.Coin : "coins of the chain";
    }

    /// <summary>The lines in the order in which they are to be shown; the warnings come last.</summary>
    public IReadOnlyList<SummaryLine> Lines => [.. _lines, .. _warnings];

    /// <summary>The warnings alone.</summary>
    public IReadOnlyList<SummaryLine> Warnings => _warnings;

    private EthereumChain? KnownChain => _transaction.ChainNumber is { } number ? EthereumChain.Known(number) : null;

    /// <summary>Sums up a transaction.</summary>
    /// <param name="transaction">A decoded transaction.</param>
    /// <param name="from">The account that would sign, where the caller has derived it from the key itself.</param>
    public static TransactionSummary Of(EthereumTransaction transaction, EthereumAddress? from = null)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var summary = new TransactionSummary(transaction);
        summary.Form();
        if (from is { } sender) summary.Line("from", sender.ToString());
        summary.Recipient();
        summary.Value();
        summary._lines.AddRange(CallSummary.Lines(transaction));
        summary._warnings.AddRange(CallSummary.Warnings(transaction));
        summary.Fees();
        return summary;
    }

    /// <summary>All lines, each <c>label: value</c>, separated by line feeds.</summary>
    public override string ToString() => string.Join('\n', Lines);

    private void Form()
    {
        var form = _transaction switch
        {
            LegacyTransaction => "legacy, without chain id",
            Eip155Transaction => "legacy (EIP-155)",
            Eip2930Transaction => "type 1 (EIP-2930)",
            Eip1559Transaction => "type 2 (EIP-1559)",
            _ => throw new InvalidOperationException("A transaction of a form that has no summary."),
        };
        Line("transaction", form);
        if (_transaction.ChainNumber is not { } number)
        {
            Line("chain", "any");
            Warn("bound to no chain: anybody can repeat it on every chain where this account has funds");
            return;
        }

        Line("chain", KnownChain is { } chain ? $"{chain.Name} ({number})" : $"unknown ({number})");
        if (KnownChain is null) Warn($"chain {number} is not one of the well-known: check which chain this is");
    }

    private void Recipient()
    {
        Line("to", _transaction.To is { } to ? to.ToString() : "contract creation");
        if (_transaction.To is null) Warn("creates a contract: the data is a program that runs with this account as its creator");
        if (_transaction.To is { IsZero: true }) Warn("the recipient is the zero address: what is sent there is lost");
    }

    private void Value()
    {
        Line("value", $"{EtherAmount.ToEther(_transaction.Value)} {_coin}");
        var hasData = !_transaction.Data.IsEmpty;
        if (!_transaction.Value.IsZero && hasData && _transaction.To is not null)
            Warn($"sends {EtherAmount.ToEther(_transaction.Value)} {_coin} together with a call");
        if (_transaction.Value.IsZero && !hasData && _transaction.To is not null)
            Warn("moves no value and calls nothing");
    }

    private void Fees()
    {
        Line("gas limit", $"{_transaction.GasLimit}");
        if (_transaction is Eip1559Transaction fees)
            Line("max fee per gas", $"{EtherAmount.ToGwei(fees.MaxFeePerGas)} gwei, of which priority at most {EtherAmount.ToGwei(fees.MaxPriorityFeePerGas)} gwei");
        else
            Line("gas price", $"{EtherAmount.ToGwei(_transaction.GasPriceLimit)} gwei");

        var fits = _transaction.GasPriceLimit.TryMultiply(_transaction.GasLimit, out var most);
        Line("fee at most", fits ? $"{EtherAmount.ToEther(most)} {_coin}" : "more than 2^256 wei");

        // A fee of a whole coin is hardly ever meant: most often two fields were exchanged or a unit was mistaken.
        if (!fits || most >= EtherAmount.WeiPerEther) Warn("the fee may reach a whole coin or more");
        if (_transaction.GasLimit < LeastGas) Warn($"the gas limit is below {LeastGas}, which every transaction needs");

        Line("nonce", $"{_transaction.Nonce}");
        Line("signing hash", _transaction.SigningHash.ToString());
    }

    private void Line(string label, string value) => _lines.Add(new SummaryLine(label, value));

    private void Warn(string what) => _warnings.Add(new SummaryLine(SummaryLine.WarningLabel, what));
}
