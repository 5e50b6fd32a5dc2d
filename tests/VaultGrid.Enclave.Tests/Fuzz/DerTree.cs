namespace VaultGrid.Enclave.Tests.Fuzz;

/// <summary>DER as a tree (X.690), so that one element can be changed and all lengths around it still be right.</summary>
internal sealed class DerTree
{
    private const byte Constructed = 0x20;

    private DerTree(byte tag, byte[] content, List<DerTree>? children) => (Tag, Content, Children) = (tag, content, children);

    public byte Tag { get; set; }

    public byte[] Content { get; set; }

    public List<DerTree>? Children { get; }

    /// <summary>The tree, or null where it is no DER.</summary>
    public static DerTree? Parse(ReadOnlySpan<byte> bytes, int depth = 0)
    {
        var list = ParseList(bytes, depth);
        return list is [var only] ? only : null;
    }

    public IEnumerable<DerTree> All() => Children is null ? [this] : [this, .. Children.SelectMany(child => child.All())];

    public byte[] ToBytes()
    {
        var content = Children is null ? Content : [.. Children.SelectMany(child => child.ToBytes())];
        byte[] length = content.Length switch
        {
            < 0x80 => [(byte)content.Length],
            < 0x100 => [0x81, (byte)content.Length],
            < 0x10000 => [0x82, (byte)(content.Length >> 8), (byte)content.Length],
            _ => [0x83, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length],
        };
        return [Tag, .. length, .. content];
    }

    private static List<DerTree>? ParseList(ReadOnlySpan<byte> bytes, int depth)
    {
        var list = new List<DerTree>();
        while (bytes.Length > 0)
        {
            if (bytes.Length < 2 || depth > 24 || (bytes[0] & 0x1f) == 0x1f) return null;
            var (tag, length, head) = (bytes[0], (int)bytes[1], 2);
            if (length >= 0x80)
            {
                var count = length & 0x7f;
                if (count is 0 or > 3 || bytes.Length < 2 + count) return null;
                length = 0;
                for (var i = 0; i < count; i++) length = (length << 8) | bytes[2 + i];
                head += count;
            }

            if (bytes.Length < head + length) return null;
            var content = bytes.Slice(head, length);
            var children = (tag & Constructed) != 0 ? ParseList(content, depth + 1) : null;
            list.Add(new DerTree(tag, content.ToArray(), children));
            bytes = bytes[(head + length)..];
        }

        return list;
    }
}
