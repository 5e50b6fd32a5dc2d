namespace VaultGrid.Model.Wire;

/// <summary>How UUIDs stand in binary documents: 16 bytes, in the order of their digits.</summary>
internal static class WireIds
{
    private const int Length = 16;

    public static WireWriter Id(this WireWriter writer, Guid value) => writer.Fixed(value.ToByteArray(bigEndian: true));

    public static Guid Id(this ref WireReader reader)
    {
        var at = reader.Fixed(Length);
        return at.IsEmpty ? default : new Guid(at, bigEndian: true);
    }
}
