using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Ids of chains on the wire: 16 bytes.</summary>
internal static class TrustWire
{
    private const int Length = 16;

    public static WireWriter Chain(this WireWriter writer, TrustId id) => writer.Fixed(id.Value.ToByteArray(bigEndian: true));

    public static TrustId Chain(this ref WireReader reader)
    {
        var at = reader.Fixed(Length);
        return at.IsEmpty ? default : new TrustId(new Guid(at, bigEndian: true));
    }
}
