using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>The public side of one version of a shared key. Its hash is what requests to refresh, reshare and restore replace or name.</summary>
/// <param name="Key">The hash of the key's birth record.</param>
/// <param name="Number">The version: 1 at birth, one more with every refresh and resharing. It is the share version of session plans.</param>
/// <param name="Previous">The hash of the version before; null for the first.</param>
/// <param name="Ceremony">The hash of the ceremony's header (<see cref="CeremonyPlan.Hash"/>): who dealt, and for which request.</param>
/// <param name="Holders">Who holds the shares, in order: the first holds share 1.</param>
/// <param name="Faulty">f: any f + 1 holders use the key.</param>
/// <param name="Shared">Public key, chain code and sharing polynomial in the exponent: <c>SharedKey</c> of VaultGrid.Protocols in its own encoding.</param>
/// <param name="PublicKey">The key as its verifiers have it: 33 bytes for frost-secp256k1, 32 (x only) for taproot, 32 for ed25519 and dise, 48 for bls.</param>
public sealed record KeyVersion(
    Hash256 Key, uint Number, Hash256? Previous, Hash256 Ceremony, IReadOnlyList<KeyHolder> Holders, byte Faulty,
    ReadOnlyMemory<byte> Shared, ReadOnlyMemory<byte> PublicKey)
{
    /// <summary>The largest public side, in bytes.</summary>
    public const int SharedLimit = 8 * 1024;

    private const int PublicKeyLimit = 64;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/key-version\0"u8;

    /// <summary>The version in canonical encoding: what its holders vote for.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().Fixed(Tag).Hash(Key).U32(Number).List<Hash256>(Previous is { } previous ? [previous] : [], (to, hash) => to.Hash(hash));
        return writer.Hash(Ceremony).List(Holders, KeyHolder.Write).U8(Faulty).Bytes(Shared.Span).Bytes(PublicKey.Span).ToArray();
    }

    /// <summary>The hash that names it.</summary>
    public Hash256 Hash() => Hash256.Of("key-version-hash", ToBytes());

    /// <summary>Reads a version; nothing in it is checked.</summary>
    public static Outcome<KeyVersion> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var version = Read(ref reader);
        return reader.End("a version of a shared key", out var refusal) ? version : refusal;
    }

    internal static KeyVersion Read(ref WireReader reader)
    {
        reader.Tag(Tag);
        var (key, number) = (reader.Hash(), reader.U32());
        Hash256? previous = reader.List(1, (ref WireReader from) => from.Hash()) is [var hash] ? hash : null;
        return new KeyVersion(
            key, number, previous, reader.Hash(), reader.List(HolderSet.Limit, KeyHolder.Read), reader.U8(), reader.Memory(SharedLimit), reader.Memory(PublicKeyLimit));
    }
}
