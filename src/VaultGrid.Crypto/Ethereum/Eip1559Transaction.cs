namespace VaultGrid.Crypto.Ethereum;

/// <summary>Transaction type 2 (EIP-1559): a limit for the whole price of gas and one for the tip within it.</summary>
public sealed class Eip1559Transaction : EthereumTransaction
{
    internal const byte Type = 0x02;

    /// <summary>The chain.</summary>
    public required ulong ChainId { get; init; }

    /// <summary>The most that the block's proposer may get for a unit of gas, in wei; not above <see cref="MaxFeePerGas"/>.</summary>
    public required UInt256 MaxPriorityFeePerGas { get; init; }

    /// <summary>The most that a unit of gas may cost in all, in wei.</summary>
    public required UInt256 MaxFeePerGas { get; init; }

    /// <summary>What it says it will touch; usually empty.</summary>
    public IReadOnlyList<AccessListEntry> AccessList { get; init; } = [];

    /// <inheritdoc/>
    public override ulong? ChainNumber => ChainId;

    /// <inheritdoc/>
    public override UInt256 GasPriceLimit => MaxFeePerGas;

    internal override byte? TypeByte => Type;

    internal override IEnumerable<RlpItem> Fields() =>
    [
        RlpItem.Of(ChainId), RlpItem.Of(Nonce), RlpItem.Of(MaxPriorityFeePerGas), RlpItem.Of(MaxFeePerGas), RlpItem.Of(GasLimit), ToItem(),
        RlpItem.Of(Value), RlpItem.Of(Data.Span), RlpItem.ListOf(AccessList.Select(entry => entry.ToRlp())),
    ];

    internal override ulong VNumber(int yParity) => (ulong)yParity;

    private protected override Outcome<EthereumTransaction> CheckedFees() => MaxPriorityFeePerGas > MaxFeePerGas
        ? Malformed("the priority fee is above the whole fee, which every node rejects (EIP-1559)")
        : this;
}
