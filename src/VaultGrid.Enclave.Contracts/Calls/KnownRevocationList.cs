using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>A revocation list that an enclave has taken.</summary>
/// <param name="Issuer">The issuing CA's role and, for a Cluster CA, its number: <c>root</c>, <c>admin-ca</c>, <c>cluster-ca/1</c> …</param>
/// <param name="Number">The list's number.</param>
/// <param name="NextUpdate">When it is overdue.</param>
public sealed record KnownRevocationList(string Issuer, ulong Number, DateTimeOffset NextUpdate)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, KnownRevocationList list)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(list);
        writer.Text(list.Issuer).U64(list.Number).Time(list.NextUpdate);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static KnownRevocationList Read(ref WireReader reader) => new(reader.Text(EnclaveLimits.Text), reader.U64(), reader.Time());
}
