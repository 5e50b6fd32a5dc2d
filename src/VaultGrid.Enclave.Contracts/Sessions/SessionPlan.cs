using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// What a coordinator asks the enclaves of several clusters to do together. Every enclave makes the session's header of it by itself, after it has
/// checked all of it; two plans that differ are two sessions.
/// </summary>
/// <param name="Protocol">The protocol's name, such as <c>threshold-ecdsa</c>.</param>
/// <param name="ProtocolVersion">Its version.</param>
/// <param name="Session">The session's id: 32 random bytes, never used before.</param>
/// <param name="Key">The hash of the key's birth record.</param>
/// <param name="ShareVersion">The version of the shares (<see cref="KeyVersion.Number"/>); 1 for keys that a dealer made.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Subject">The request's hash (32 bytes), nothing, or what is audited (at most 8 bytes), by purpose.</param>
/// <param name="Participants">
/// The session-key statement of each (<see cref="SessionKeyCall"/>): for <c>threshold-ecdsa</c> of one node of each cluster, in the protocol's order; for <c>frost</c> and <c>bls</c> of
/// the holders that may sign, f + 1 or more, ascending by node.
/// </param>
public sealed record SessionPlan(
    string Protocol, byte ProtocolVersion, Hash256 Session, Hash256 Key, uint ShareVersion,
    SessionPurpose Purpose, ReadOnlyMemory<byte> Subject, IReadOnlyList<SignedStatement> Participants)
{
    private const int NameLimit = 32;

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, SessionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(plan);
        writer.Text(plan.Protocol).U8(plan.ProtocolVersion).Hash(plan.Session).Hash(plan.Key).U32(plan.ShareVersion)
            .U8((byte)plan.Purpose).Bytes(plan.Subject.Span).List(plan.Participants, SignedStatement.Write);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SessionPlan Read(ref WireReader reader) => new(
        reader.Text(NameLimit), reader.U8(), reader.Hash(), reader.Hash(), reader.U32(),
        ReadPurpose(ref reader), reader.Memory(Hash256.Length), reader.List(HolderSet.Limit, SignedStatement.Read));

    private static SessionPurpose ReadPurpose(ref WireReader reader)
    {
        var purpose = (SessionPurpose)reader.U8();
        if (!Enum.IsDefined(purpose)) reader.Fail("a session's purpose is unknown");
        return purpose;
    }
}

/// <summary>What a session is for. Numbers are wire format.</summary>
public enum SessionPurpose : byte
{
    /// <summary>One approved request.</summary>
    Request = 1,

    /// <summary>Some request later: everything up to where the message is needed.</summary>
    Presign = 2,

    /// <summary>An audit of the shares.</summary>
    Audit = 3,
}
