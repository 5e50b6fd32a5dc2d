using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>The Domain's wrapping key k encrypted to one HSM's wrap key.</summary>
/// <param name="WrapKey">SHA-256 of the wrap key's SubjectPublicKeyInfo.</param>
/// <param name="Bytes">E(Pk_i, k).</param>
public sealed record DomainToken(Hash256 WrapKey, ReadOnlyMemory<byte> Bytes)
{
    internal static void Write(WireWriter writer, DomainToken token) => writer.Hash(token.WrapKey).Bytes(token.Bytes.Span);

    internal static DomainToken Read(ref WireReader reader) => new(reader.Hash(), reader.Bytes(WrapPublicKey.TokenLimit).ToArray());
}
