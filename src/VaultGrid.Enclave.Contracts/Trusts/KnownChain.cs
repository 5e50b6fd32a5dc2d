using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>What an enclave knows of a chain of Trusts. Public values; a silo routes by them and decides nothing safety-relevant.</summary>
/// <param name="Id">The chain.</param>
/// <param name="WrapKey">SHA-256 of this enclave's wrap key for it; null where it has none (it verified the chain, and doesn't keep it).</param>
/// <param name="First">The hash of the chain's first Trust; null before the first is known.</param>
/// <param name="Number">The number of the newest Trust that counts; 0 before the first.</param>
/// <param name="Newest">Its hash; null before the first.</param>
/// <param name="IsNamed">True where the newest names this enclave.</param>
/// <param name="Fork">The two Trusts that were signed in one place behind the newest, or null: neither counts, and nothing that follows.</param>
/// <param name="IsRetired">True where this enclave has wiped its wrap key.</param>
public sealed record KnownChain(
    TrustId Id, Hash256? WrapKey, Hash256? First, ulong Number, Hash256? Newest, bool IsNamed, (Hash256 One, Hash256 Other)? Fork, bool IsRetired)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, KnownChain chain)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(chain);
        writer.Chain(chain.Id).List(Some(chain.WrapKey), Hash).List(Some(chain.First), Hash).U64(chain.Number).List(Some(chain.Newest), Hash)
            .U8(chain.IsNamed ? (byte)1 : (byte)0)
            .List<(Hash256 One, Hash256 Other)>(chain.Fork is { } fork ? [fork] : [], (to, item) => to.Hash(item.One).Hash(item.Other))
            .U8(chain.IsRetired ? (byte)1 : (byte)0);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static KnownChain Read(ref WireReader reader)
    {
        var (id, wrapKey, first, number, newest) = (reader.Chain(), Some(ref reader), Some(ref reader), reader.U64(), Some(ref reader));
        var named = reader.U8() == 1;
        var forks = reader.List(1, (ref WireReader from) => (from.Hash(), from.Hash()));
        return new KnownChain(id, wrapKey, first, number, newest, named, forks is [var fork] ? fork : null, reader.U8() == 1);
    }

    private static Hash256[] Some(Hash256? hash) => hash is { } value ? [value] : [];

    private static Hash256? Some(ref WireReader reader) => reader.List(1, (ref WireReader from) => from.Hash()) is [var hash] ? hash : null;

    private static void Hash(WireWriter writer, Hash256 hash) => writer.Hash(hash);
}
