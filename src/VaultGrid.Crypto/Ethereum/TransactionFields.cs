namespace VaultGrid.Crypto.Ethereum;

/// <summary>
/// Reads the fields of a transaction in order. The first fault is kept and everything after it reads as empty, so a decoder reads all
/// fields in one expression and asks once.
/// </summary>
internal sealed class TransactionFields(IReadOnlyList<RlpItem> items)
{
    private int _next;

    internal Refusal? Fault { get; private set; }

    internal UInt256 Number(string name)
    {
        var bytes = Bytes(name).Span;
        if (bytes.Length > UInt256.Size) Fail($"{name} is longer than 32 bytes");
        else if (!bytes.IsEmpty && bytes[0] == 0) Fail($"{name} has a leading zero");
        else return UInt256.FromBigEndian(bytes);
        return default;
    }

    internal ulong SmallNumber(string name)
    {
        if (Number(name).TryToUInt64(out var value)) return value;
        Fail($"{name} is not below 2^64");
        return 0;
    }

    internal EthereumAddress? Recipient(string name)
    {
        var bytes = Bytes(name).Span;
        if (bytes.IsEmpty) return null;
        if (bytes.Length == EthereumAddress.Size) return new EthereumAddress(bytes);
        Fail($"{name} has {bytes.Length} bytes: 20, or none to create a contract");
        return null;
    }

    internal ReadOnlyMemory<byte> Bytes(string name)
    {
        if (Next(name) is RlpItem.Bytes bytes) return bytes.Content;
        Fail($"{name} is a list");
        return default;
    }

    internal IReadOnlyList<AccessListEntry> AccessList(string name)
    {
        if (Next(name) is RlpItem.List list) return [.. list.Items.Select(item => AccessListEntry(item, name))];
        Fail($"{name} is not a list");
        return [];
    }

    private AccessListEntry AccessListEntry(RlpItem item, string name)
    {
        if (item is RlpItem.List { Items: [RlpItem.Bytes { Content.Length: EthereumAddress.Size } address, RlpItem.List keys] })
            return new AccessListEntry(new EthereumAddress(address.Content.Span), [.. keys.Items.Select(key => StorageKey(key, name))]);
        Fail($"an entry of {name} is not an address of 20 bytes and a list");
        return new AccessListEntry(default, []);
    }

    private Hash256 StorageKey(RlpItem item, string name)
    {
        if (item is RlpItem.Bytes { Content.Length: Hash256.Length } key) return new Hash256(key.Content.Span);
        Fail($"a storage key of {name} has not 32 bytes");
        return default;
    }

    private RlpItem Next(string name)
    {
        if (_next < items.Count) return items[_next++];
        Fail($"{name} is missing");
        return RlpItem.Of(ReadOnlySpan<byte>.Empty);
    }

    private void Fail(string what) => Fault ??= new Refusal(RefusalCode.TransactionMalformed, what);
}
