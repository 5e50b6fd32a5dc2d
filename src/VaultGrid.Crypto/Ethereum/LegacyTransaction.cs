namespace VaultGrid.Crypto.Ethereum;

/// <summary>The first form of a transaction, bound to no chain: once signed, it can be replayed on every chain where the sender has funds.</summary>
public sealed class LegacyTransaction : EthereumTransaction
{
    /// <summary>v of a signature with even parity; odd is one more.</summary>
    internal const ulong FirstV = 27;

    /// <summary>Price of a unit of gas, in wei.</summary>
    public required UInt256 GasPrice { get; init; }

    /// <inheritdoc/>
    public override ulong? ChainNumber => null;

    /// <inheritdoc/>
    public override UInt256 GasPriceLimit => GasPrice;

    internal override byte? TypeByte => null;

    internal override IEnumerable<RlpItem> Fields() =>
        [RlpItem.Of(Nonce), RlpItem.Of(GasPrice), RlpItem.Of(GasLimit), ToItem(), RlpItem.Of(Value), RlpItem.Of(Data.Span)];

    internal override ulong VNumber(int yParity) => FirstV + (ulong)yParity;
}
