using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// What a coordinator proposes after a deadline, where not everybody has answered. It decides nothing: an enclave votes once for a list and once for a version, and for
/// what has too few parties never. Without a proposal enclaves wait for everybody.
/// </summary>
/// <param name="Kind">What is proposed.</param>
/// <param name="Dealers">The places of the dealers that are to count.</param>
public sealed record CeremonyProposal(CeremonyProposalKind Kind, IReadOnlyList<byte> Dealers)
{
    /// <summary>Nothing: wait for everybody.</summary>
    public static CeremonyProposal None { get; } = new(CeremonyProposalKind.None, []);

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, CeremonyProposal proposal)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(proposal);
        writer.U8((byte)proposal.Kind).Bytes([.. proposal.Dealers]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static CeremonyProposal Read(ref WireReader reader)
    {
        var kind = (CeremonyProposalKind)reader.U8();
        if (!Enum.IsDefined(kind)) reader.Fail("a ceremony's proposal is of an unknown kind");
        return new CeremonyProposal(kind, reader.Memory(HolderSet.Limit).ToArray());
    }
}

/// <summary>What can be proposed. Numbers are wire format.</summary>
public enum CeremonyProposalKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To vote for the list of these dealers' commitments: at least a certificate's quorum of them.</summary>
    List = 1,

    /// <summary>To acknowledge what is there.</summary>
    Acknowledge = 2,

    /// <summary>To make the version of these dealers' dealings, each acknowledged by a certificate's quorum.</summary>
    Version = 3,
}
