using Orleans.Storage;
using VaultGrid.Grains;

namespace VaultGrid.Silo.Catalogue;

/// <summary>Reports in the encoding of grain state, without their documents.</summary>
internal sealed class CatalogueRows(IGrainStorageSerializer serializer)
{
    public byte[] Of(TrustReport trust) => serializer.Serialize(trust with { Document = default }).ToArray();

    public byte[] Of(DomainReport domain) => serializer.Serialize(domain with { SealedKeys = default }).ToArray();

    public byte[] Of(HsmKeyReport key) => serializer.Serialize(key).ToArray();

    public byte[] Of(OperatorReport named) => serializer.Serialize(named).ToArray();

    public T Read<T>(byte[] report) => serializer.Deserialize<T>(new BinaryData(report)) ?? throw new InvalidOperationException("A row of the catalogue is empty.");

    /// <summary>Where a Domain is counted: nowhere once it is retired.</summary>
    public static long? Counted(bool retired, long number) => retired ? null : number;
}
