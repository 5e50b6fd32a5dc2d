namespace VaultGrid.Crypto;

/// <summary>
/// One RLP value: a byte string or a list of values (Ethereum yellow paper, appendix B). Immutable. Every value has exactly one encoding here.
/// </summary>
public abstract class RlpItem
{
    private RlpItem()
    {
    }

    /// <summary>Length of the whole encoding, header included, in bytes.</summary>
    public abstract int EncodedLength { get; }

    /// <summary>The canonical encoding.</summary>
    public byte[] Encode()
    {
        var encoded = new byte[EncodedLength];
        Write(encoded);
        return encoded;
    }

    /// <summary>A byte string holding these bytes (copied).</summary>
    public static RlpItem Of(ReadOnlySpan<byte> bytes) => new Bytes(bytes.ToArray());

    /// <summary>A non-negative integer: big-endian without leading zeros, so zero is the empty string.</summary>
    public static RlpItem Of(Ethereum.UInt256 number) => new Bytes(number.ToMinimalBigEndian());

    /// <summary>A list.</summary>
    public static RlpItem ListOf(params IEnumerable<RlpItem> items) => new List([.. items]);

    /// <summary>Writes the encoding to the start of the destination and returns its length.</summary>
    internal abstract int Write(Span<byte> destination);

    /// <summary>A byte string.</summary>
    public sealed class Bytes : RlpItem
    {
        internal Bytes(ReadOnlyMemory<byte> content) => Content = content;

        /// <summary>The bytes.</summary>
        public ReadOnlyMemory<byte> Content { get; }

        /// <inheritdoc/>
        public override int EncodedLength => IsItsOwnEncoding ? 1 : RlpHeader.Length(Content.Length) + Content.Length;

        // A single byte below 0x80 stands for itself.
        private bool IsItsOwnEncoding => Content.Length == 1 && Content.Span[0] < RlpHeader.ShortString;

        internal override int Write(Span<byte> destination)
        {
            var header = IsItsOwnEncoding ? 0 : RlpHeader.Write(destination, RlpHeader.ShortString, Content.Length);
            Content.Span.CopyTo(destination[header..]);
            return header + Content.Length;
        }
    }

    /// <summary>A list.</summary>
    public sealed class List : RlpItem
    {
        private readonly int _payloadLength;

        internal List(IReadOnlyList<RlpItem> items)
        {
            Items = items;
            foreach (var item in items) _payloadLength = checked(_payloadLength + item.EncodedLength);
        }

        /// <summary>The values, in order.</summary>
        public IReadOnlyList<RlpItem> Items { get; }

        /// <inheritdoc/>
        public override int EncodedLength => checked(RlpHeader.Length(_payloadLength) + _payloadLength);

        internal override int Write(Span<byte> destination)
        {
            var written = RlpHeader.Write(destination, RlpHeader.ShortList, _payloadLength);
            foreach (var item in Items) written += item.Write(destination[written..]);
            return written;
        }
    }
}
