namespace VaultGrid.Crypto;

/// <summary>
/// Strict reader of RLP (Ethereum yellow paper, appendix B): accepts exactly what <see cref="RlpItem.Encode"/> writes. Longer forms of a length, leading
/// zeros, a prefix before a single small byte and bytes after the value are refused.
/// </summary>
public static class Rlp
{
    /// <summary>The longest input that is read, in bytes.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>How deep lists may be nested; an access list needs 4.</summary>
    public const int MaxDepth = 16;

    /// <summary>Reads exactly one value.</summary>
    /// <returns>The value, or <see cref="RefusalCode.InputTooLarge"/> or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<RlpItem> Decode(ReadOnlySpan<byte> input)
    {
        if (input.Length > MaxLength) return new Refusal(RefusalCode.InputTooLarge, $"the RLP value has {input.Length} bytes, more than {MaxLength}");

        // One copy of the input: the items are windows onto it, and nobody can change it under them.
        ReadOnlyMemory<byte> own = input.ToArray();
        var read = ReadOne(own, 0, out var length);
        if (read.Refusal is null && length != own.Length) return Malformed($"{own.Length - length} bytes stand after the value");
        return read;
    }

    private static Outcome<RlpItem> ReadOne(ReadOnlyMemory<byte> input, int depth, out int length)
    {
        length = 0;
        if (input.IsEmpty) return Malformed("a value is missing");
        if (RlpHeader.Read(input.Span, out var fault) is not { } header) return Malformed(fault);

        length = header.HeaderLength + header.PayloadLength;
        var payload = input[header.HeaderLength..length];
        return header.IsList ? ReadItems(payload, depth + 1) : new RlpItem.Bytes(payload);
    }

    private static Outcome<RlpItem> ReadItems(ReadOnlyMemory<byte> payload, int depth)
    {
        if (depth > MaxDepth) return Malformed($"lists are nested more than {MaxDepth} deep");

        var items = new List<RlpItem>();
        while (!payload.IsEmpty)
        {
            if (!ReadOne(payload, depth, out var length).Is(out var item, out var refusal)) return refusal;
            items.Add(item);
            payload = payload[length..];
        }

        return new RlpItem.List(items);
    }

    private static Refusal Malformed(string what) => new(RefusalCode.InputMalformed, $"not canonical RLP: {what}");
}
