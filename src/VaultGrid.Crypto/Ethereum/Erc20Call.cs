using System.Buffers.Binary;

namespace VaultGrid.Crypto.Ethereum;

/// <summary>A call of one of the three functions of ERC-20 (EIP-20) that move tokens or let others move them.</summary>
internal abstract record Erc20Call(UInt256 Amount)
{
    private const uint TransferSelector = 0xA9059CBB;
    private const uint ApproveSelector = 0x095EA7B3;
    private const uint TransferFromSelector = 0x23B872DD;

    private const int SelectorLength = 4;
    private const int WordLength = 32;
    private const int TwoWords = SelectorLength + (2 * WordLength);
    private const int ThreeWords = SelectorLength + (3 * WordLength);

    /// <summary>The sender's own tokens move.</summary>
    internal sealed record Transfer(EthereumAddress To, UInt256 Amount) : Erc20Call(Amount);

    /// <summary>The spender may move the sender's tokens from now on.</summary>
    internal sealed record Approve(EthereumAddress Spender, UInt256 Amount) : Erc20Call(Amount);

    /// <summary>Somebody's tokens move, by an allowance given before.</summary>
    internal sealed record TransferFrom(EthereumAddress From, EthereumAddress To, UInt256 Amount) : Erc20Call(Amount);

    /// <summary>True where the data begins with the selector of one of the three, whatever follows.</summary>
    internal static bool HasSelector(ReadOnlySpan<byte> data) => Selector(data) is TransferSelector or ApproveSelector or TransferFromSelector;

    /// <summary>
    /// The call, or null where the data is not exactly one: other selector, other length, or an address with anything in the upper 12 bytes of
    /// its word, which contracts treat differently and a person can't see.
    /// </summary>
    internal static Erc20Call? Read(ReadOnlySpan<byte> data)
    {
        return (Selector(data), data.Length) switch
        {
            (TransferSelector, TwoWords) when Address(data, 0) is { } to => new Transfer(to, Number(data, 1)),
            (ApproveSelector, TwoWords) when Address(data, 0) is { } spender => new Approve(spender, Number(data, 1)),
            (TransferFromSelector, ThreeWords) when Address(data, 0) is { } from && Address(data, 1) is { } to => new TransferFrom(from, to, Number(data, 2)),
            _ => null,
        };
    }

    private static uint? Selector(ReadOnlySpan<byte> data) =>
        data.Length < SelectorLength ? null : BinaryPrimitives.ReadUInt32BigEndian(data);

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> data, int index) => data.Slice(SelectorLength + (index * WordLength), WordLength);

    private static UInt256 Number(ReadOnlySpan<byte> data, int index) => UInt256.FromBigEndian(Word(data, index));

    private static EthereumAddress? Address(ReadOnlySpan<byte> data, int index)
    {
        var word = Word(data, index);
        var padding = WordLength - EthereumAddress.Size;
        return word[..padding].ContainsAnyExcept((byte)0) ? null : new EthereumAddress(word[padding..]);
    }
}
