namespace VaultGrid.Crypto.Ethereum;

/// <summary>A legacy transaction bound to its chain by EIP-155: the signed bytes end in (chain, 0, 0), and v = 35 + 2 · chain + parity.</summary>
public sealed class Eip155Transaction : EthereumTransaction
{
    /// <summary>The smallest v of this form.</summary>
    internal const ulong FirstV = 35;

    /// <summary>The chain.</summary>
    public required ulong ChainId { get; init; }

    /// <summary>Price of a unit of gas, in wei.</summary>
    public required UInt256 GasPrice { get; init; }

    /// <inheritdoc/>
    public override ulong? ChainNumber => ChainId;

    /// <inheritdoc/>
    public override UInt256 GasPriceLimit => GasPrice;

    internal override byte? TypeByte => null;

    internal override IEnumerable<RlpItem> Fields() =>
        [RlpItem.Of(Nonce), RlpItem.Of(GasPrice), RlpItem.Of(GasLimit), ToItem(), RlpItem.Of(Value), RlpItem.Of(Data.Span)];

    internal override IEnumerable<RlpItem> UnsignedTail() => [RlpItem.Of(ChainId), RlpItem.Of(UInt256.Zero), RlpItem.Of(UInt256.Zero)];

    internal override ulong VNumber(int yParity) => checked(FirstV + (2 * ChainId) + (ulong)yParity);
}
