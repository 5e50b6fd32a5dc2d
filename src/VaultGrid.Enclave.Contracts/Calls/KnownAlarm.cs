using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>How often checks of what a set of other nodes sent have failed in sessions of a key. An enclave's word, for people to look into.</summary>
/// <param name="Key">The key: the hash of its birth record.</param>
/// <param name="Nodes">The set, ascending; for two clusters of a key it is one node.</param>
/// <param name="Count">How often.</param>
public sealed record KnownAlarm(Hash256 Key, IReadOnlyList<NodeId> Nodes, uint Count)
{
    /// <summary>From how many on sessions with the whole set are refused until an approved <c>alarm-clear</c>.</summary>
    public const uint Limit = 3;

    /// <summary>The most alarms that a status tells, the highest first.</summary>
    public const int Told = 64;

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, KnownAlarm alarm)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(alarm);
        writer.Hash(alarm.Key).List(alarm.Nodes, (to, node) => to.Node(node)).U32(alarm.Count);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static KnownAlarm Read(ref WireReader reader) =>
        new(reader.Hash(), reader.List(ClusterSet.Limit, (ref WireReader from) => from.NodeId()), reader.U32());
}
