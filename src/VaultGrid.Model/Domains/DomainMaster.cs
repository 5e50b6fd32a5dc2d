using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>One master key of a Domain as it stands in the document: public half, and the secret sealed under the Domain's wrapping key k.</summary>
/// <param name="Version">From 1; the highest serves new data, lower ones still open old data.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Public">The public half in the form of its kind; empty for AES.</param>
/// <param name="Sealed">E(k, mk): nonce ‖ ciphertext ‖ tag, AES-256-GCM.</param>
public sealed record DomainMaster(uint Version, MasterKeyKind Kind, ReadOnlyMemory<byte> Public, ReadOnlyMemory<byte> Sealed)
{
    /// <summary>True where it is the same master key, whatever it is sealed under.</summary>
    public bool IsSameKey(DomainMaster other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Version == other.Version && Kind == other.Kind && Public.Span.SequenceEqual(other.Public.Span);
    }

    internal static void Write(WireWriter writer, DomainMaster master) =>
        writer.U32(master.Version).U8((byte)master.Kind).Bytes(master.Public.Span).Bytes(master.Sealed.Span);

    internal static DomainMaster Read(ref WireReader reader)
    {
        var (version, kind) = (reader.U32(), (MasterKeyKind)reader.U8());
        if (!Enum.IsDefined(kind)) reader.Fail("a master key's kind is unknown");
        var publicHalf = reader.Bytes(MasterKey.PublicLimit).ToArray();
        if (publicHalf.Length == 0 != (kind == MasterKeyKind.Aes256)) reader.Fail("key pairs have a public half, AES keys none");
        return new DomainMaster(version, kind, publicHalf, reader.Bytes(MasterKey.SealedLimit).ToArray());
    }
}
