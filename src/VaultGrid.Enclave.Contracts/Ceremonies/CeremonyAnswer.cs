using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Where an enclave's part of a ceremony is, and what it wants carried.</summary>
/// <param name="Stage">Where it is.</param>
/// <param name="Messages">What to carry; all that it has said so far, to a status call.</param>
/// <param name="Awaited">The places of the members whose messages it waits for.</param>
/// <param name="Faults">Who broke the protocol, with the evidence. An enclave's word where there is no evidence: it may be the one that lies.</param>
/// <param name="Certified">The version that came out, once its certificate is there; null before.</param>
/// <param name="Evidence">The key's evidence, with <paramref name="Certified"/>; null before, and for a repair.</param>
public sealed record CeremonyAnswer(
    CeremonyStage Stage, IReadOnlyList<CeremonyMessage> Messages, IReadOnlyList<byte> Awaited, IReadOnlyList<CeremonyFault> Faults,
    CertifiedVersion? Certified, KeyEvidence? Evidence)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, CeremonyAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(answer);
        writer.U8((byte)answer.Stage).List(answer.Messages, CeremonyMessage.Write).Bytes([.. answer.Awaited]).List(answer.Faults, CeremonyFault.Write)
            .List<CertifiedVersion>(answer.Certified is { } certified ? [certified] : [], CertifiedVersion.Write)
            .List<KeyEvidence>(answer.Evidence is { } evidence ? [evidence] : [], KeyEvidence.Write);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static CeremonyAnswer Read(ref WireReader reader)
    {
        var stage = (CeremonyStage)reader.U8();
        if (!Enum.IsDefined(stage)) reader.Fail("a ceremony's stage is unknown");
        return new CeremonyAnswer(
            stage, reader.List(16 * CeremonyPlan.MemberLimit, CeremonyMessage.Read), reader.Memory(CeremonyPlan.MemberLimit).ToArray(),
            reader.List(CeremonyPlan.MemberLimit, CeremonyFault.Read),
            reader.List(1, CertifiedVersion.Read) is [var certified] ? certified : null, reader.List(1, KeyEvidence.Read) is [var evidence] ? evidence : null);
    }
}

/// <summary>Where an enclave's part of a ceremony is. Numbers are wire format.</summary>
public enum CeremonyStage : byte
{
    /// <summary>Commitments are gathered (new keys).</summary>
    Committing = 1,

    /// <summary>The list of commitments is voted on (new keys).</summary>
    Listing = 2,

    /// <summary>Dealings and shares are gathered; of a repair parts and sums.</summary>
    Dealing = 3,

    /// <summary>Acknowledgements are gathered.</summary>
    Acknowledging = 4,

    /// <summary>Votes for the version are gathered; this enclave has sealed its share and can't go back.</summary>
    Voting = 5,

    /// <summary>The version is in force here.</summary>
    Done = 6,
}

/// <summary>Who broke the protocol, as one enclave found.</summary>
/// <param name="Place">The member's place.</param>
/// <param name="Check">The name of the check that failed, such as <c>share</c> or <c>equivocation</c>.</param>
/// <param name="Evidence">The member's own signed messages, where they convict it before everybody; else empty.</param>
public sealed record CeremonyFault(byte Place, string Check, IReadOnlyList<ReadOnlyMemory<byte>> Evidence)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, CeremonyFault fault)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(fault);
        writer.U8(fault.Place).Text(fault.Check).List(fault.Evidence, (to, bytes) => to.Bytes(bytes.Span));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static CeremonyFault Read(ref WireReader reader) => new(
        reader.U8(), reader.Text(64), reader.List(4, (ref WireReader from) => from.Memory(CeremonyMessage.Limit)));
}
