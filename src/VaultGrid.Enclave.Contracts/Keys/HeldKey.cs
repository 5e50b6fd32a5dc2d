using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>A key that an enclave holds, as its status tells it.</summary>
/// <param name="KeyId">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Key">The hash of its birth record.</param>
/// <param name="Fingerprint">The hash of its public part.</param>
/// <param name="Policy">The hash of the policy in force.</param>
/// <param name="PolicyNumber">That policy's number.</param>
public sealed record HeldKey(KeyId KeyId, KeyKind Kind, Hash256 Key, Hash256 Fingerprint, Hash256 Policy, ulong PolicyNumber)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, HeldKey key)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(key);
        writer.Text(key.KeyId.ToString()).Text(key.Kind.Name()).Hash(key.Key).Hash(key.Fingerprint).Hash(key.Policy).U64(key.PolicyNumber);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static HeldKey Read(ref WireReader reader) => new(
        reader.KeyId(), reader.KeyKind(), reader.Hash(), reader.Hash(), reader.Hash(), reader.U64());
}
