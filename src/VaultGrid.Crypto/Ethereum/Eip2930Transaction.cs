namespace VaultGrid.Crypto.Ethereum;

/// <summary>Transaction type 1 (EIP-2930): a gas price and an access list.</summary>
public sealed class Eip2930Transaction : EthereumTransaction
{
    internal const byte Type = 0x01;

    /// <summary>The chain.</summary>
    public required ulong ChainId { get; init; }

    /// <summary>Price of a unit of gas, in wei.</summary>
    public required UInt256 GasPrice { get; init; }

    /// <summary>What it says it will touch; usually empty.</summary>
    public IReadOnlyList<AccessListEntry> AccessList { get; init; } = [];

    /// <inheritdoc/>
    public override ulong? ChainNumber => ChainId;

    /// <inheritdoc/>
    public override UInt256 GasPriceLimit => GasPrice;

    internal override byte? TypeByte => Type;

    internal override IEnumerable<RlpItem> Fields() =>
    [
        RlpItem.Of(ChainId), RlpItem.Of(Nonce), RlpItem.Of(GasPrice), RlpItem.Of(GasLimit), ToItem(), RlpItem.Of(Value), RlpItem.Of(Data.Span),
        RlpItem.ListOf(AccessList.Select(entry => entry.ToRlp())),
    ];

    internal override ulong VNumber(int yParity) => (ulong)yParity;
}
