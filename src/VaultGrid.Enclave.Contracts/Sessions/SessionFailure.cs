using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Why an enclave's part of a session is over without a result. An enclave's word: it may be the one that lies.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Detail">The round in which it was found, or for <see cref="SessionFailureKind.Inconsistent"/> the protocol's number of the check.</param>
/// <param name="Culprits">The smallest set of nodes that surely contains who caused it; empty where nobody can be named.</param>
/// <param name="Why">One sentence.</param>
public sealed record SessionFailure(SessionFailureKind Kind, byte Detail, IReadOnlyList<NodeId> Culprits, string Why)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, SessionFailure failure)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(failure);
        writer.U8((byte)failure.Kind).U8(failure.Detail).List(failure.Culprits, (to, node) => to.Node(node)).Text(failure.Why);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SessionFailure Read(ref WireReader reader)
    {
        var kind = (SessionFailureKind)reader.U8();
        if (!Enum.IsDefined(kind)) reader.Fail("a failure's kind is unknown");
        return new(kind, reader.U8(), reader.List(HolderSet.Limit, (ref WireReader from) => from.NodeId()), reader.Text(EnclaveLimits.Text));
    }
}

/// <summary>How a session failed. Numbers are wire format.</summary>
public enum SessionFailureKind : byte
{
    /// <summary>A signed message that can't be read, or holds values out of range: the sender's doing.</summary>
    Malformed = 1,

    /// <summary>A signed message that does not belong there: the sender's doing.</summary>
    Misplaced = 2,

    /// <summary>A second, different message for a round that was answered: the sender's doing.</summary>
    Equivocated = 3,

    /// <summary>Well-formed values that do not fit the key: the accuser's doing or one of the accused's.</summary>
    Inconsistent = 4,

    /// <summary>What the coordinator brought together makes no step.</summary>
    Refused = 5,
}
