namespace VaultGrid.Embedded.Copying;

/// <summary>Copies memory whose owner may still write to it.</summary>
internal sealed class MemoryCopier : TypeCopier
{
    public override object Copy(object value, CopySession session) => value switch
    {
        ReadOnlyMemory<byte> bytes => new ReadOnlyMemory<byte>(bytes.ToArray()),
        Memory<byte> bytes => new Memory<byte>(bytes.ToArray()),
        _ => throw new ArgumentException($"{value.GetType()} is no memory.", nameof(value)),
    };
}
