using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// What a coordinator asks enclaves to do together over a longer time. Every enclave checks all of it against what it knows and what was approved; two plans that differ
/// are two ceremonies, and nothing that is said in one counts in another.
/// </summary>
/// <param name="Id">The ceremony's id: 32 random bytes, never used before.</param>
/// <param name="Kind">What for.</param>
/// <param name="Key">The hash of the key's birth record; zeros for <see cref="CeremonyKind.Generate"/>.</param>
/// <param name="Version">The hash of the version in force (<see cref="KeyVersion.Hash"/>); zeros for <see cref="CeremonyKind.Generate"/>.</param>
/// <param name="Request">The hash of the request that approves it; zeros for a refresh that is due and for a repair.</param>
/// <param name="Members">All who take part, each once; messages name them by their place, from 0.</param>
/// <param name="Dealers">The places of those who deal, in order of their shares: holders of the version in force; of a repair the f + 1 helpers; of a new key all.</param>
/// <param name="Receivers">The places of those who receive, in order of their new shares; of a repair the one that has lost its share.</param>
/// <param name="Faulty">f of the version that comes out.</param>
public sealed record CeremonyPlan(
    Hash256 Id, CeremonyKind Kind, Hash256 Key, Hash256 Version, Hash256 Request,
    IReadOnlyList<KeyHolder> Members, IReadOnlyList<byte> Dealers, IReadOnlyList<byte> Receivers, byte Faulty)
{
    /// <summary>The most members: old and new holders.</summary>
    public const int MemberLimit = 2 * HolderSet.Limit;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/ceremony-plan\0"u8;

    /// <summary>
    /// True for the repair of a share of a version that another ceremony is about to put in force, so that its receiver votes: <see cref="Key"/> is zeros then, and
    /// <see cref="Version"/> the hash of that ceremony's plan.
    /// </summary>
    public bool IsOfPending => Kind == CeremonyKind.Repair && Key == default;

    /// <summary>The plan in canonical encoding.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).Hash(Id).U8((byte)Kind).Hash(Key).Hash(Version).Hash(Request)
        .List(Members, KeyHolder.Write).Bytes([.. Dealers]).Bytes([.. Receivers]).U8(Faulty).ToArray();

    /// <summary>The hash that everything said in the ceremony is bound to.</summary>
    public Hash256 Hash() => Hash256.Of("ceremony-header", ToBytes());

    /// <summary>Reads a plan; nothing in it is checked.</summary>
    public static Outcome<CeremonyPlan> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var plan = new CeremonyPlan(
            reader.Hash(), (CeremonyKind)reader.U8(), reader.Hash(), reader.Hash(), reader.Hash(),
            reader.List(MemberLimit, KeyHolder.Read), reader.Memory(HolderSet.Limit).ToArray(), reader.Memory(HolderSet.Limit).ToArray(), reader.U8());
        if (!Enum.IsDefined(plan.Kind)) reader.Fail("a ceremony's kind is unknown");
        return reader.End("a ceremony's plan", out var refusal) ? plan : refusal;
    }
}

/// <summary>What a ceremony is for. Numbers are wire format.</summary>
public enum CeremonyKind : byte
{
    /// <summary>A new key (DKG), approved by <c>create-key</c>.</summary>
    Generate = 1,

    /// <summary>New shares for the same holders: when the key's policy says that it is due, or approved by <c>refresh-key</c>.</summary>
    Refresh = 2,

    /// <summary>New shares for other holders or another f, approved by <c>reshare-key</c>.</summary>
    Reshare = 3,

    /// <summary>
    /// One share for its holder that lost it, or that a dealer starved in a ceremony which is still under way, from f + 1 others, who do not learn it. Needs no request: the holder's
    /// D key proves that it is the one.
    /// </summary>
    Repair = 4,
}
