using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>What all parties of one ceremony agree on before it starts. Everything they sign is bound to it (SPEC.md).</summary>
public sealed class DealingCeremony
{
    internal const string CommitKind = "dealing-commit";
    internal const string ListKind = "dealing-list";
    internal const string DealingMessageKind = "dealing-message";
    internal const string AckKind = "dealing-ack";
    internal const string AckAllKind = "dealing-acknowledgement";
    internal const string ComplaintKind = "dealing-complaint";
    internal const string OpeningKind = "dealing-opening";
    internal const string TranscriptKind = "dealing-transcript";
    internal const string SealedKind = "dealing-sealed";

    private DealingCeremony(DealingKind kind, PrimeGroup group, Hash256 session, Roster dealers, Roster receivers, SharedKey? previous)
    {
        (Kind, Group, Session, Dealers, Receivers, Previous) = (kind, group, session, dealers, receivers, previous);
        Binding = Tagged.Hash("dealing-ceremony", new CanonicalWriter()
            .Byte((int)kind).Text(group.Name).Hash(session)
            .Byte(dealers.Parameters.Parties).Byte(dealers.Parameters.Faulty).Byte(receivers.Parameters.Parties).Byte(receivers.Parameters.Faulty)
            .Bytes(previous?.ToBytes()).Written);
    }

    /// <summary>What for.</summary>
    public DealingKind Kind { get; }

    /// <summary>The key's group.</summary>
    public PrimeGroup Group { get; }

    /// <summary>Hash of the session's header: protocol and version, session id, key id, request, everybody's identity and place.</summary>
    public Hash256 Session { get; }

    /// <summary>Who deals.</summary>
    public Roster Dealers { get; }

    /// <summary>Who receives.</summary>
    public Roster Receivers { get; }

    /// <summary>The version that is replaced; null for a new key.</summary>
    public SharedKey? Previous { get; }

    /// <summary>Hash of all the above.</summary>
    public Hash256 Binding { get; }

    /// <summary>
    /// How many dealings make a version: f + 1, an honest dealer's among them, so that nobody knows the new polynomial; below n ≥ 3f + 1, where anyone may stop a ceremony, all.
    /// </summary>
    public int MinimumDealers => Dealers.Parameters.SurvivesFaults ? Dealers.Parameters.Signers : Dealers.Parameters.Parties;

    /// <summary>
    /// How many must have committed to a dealing before a list is voted for, and how many old holders must have dealt before a resharing is concluded, even if fewer dealings count
    /// in the end: two quorums share an honest dealer, it deals in one resharing of a version, so no two to different receivers come out.
    /// </summary>
    public int DealerQuorum => Dealers.Parameters.CertificateQuorum;

    /// <summary>The number of the version that comes out.</summary>
    public uint NextVersion => (Previous?.Version ?? 0) + 1;

    internal int Degree => Receivers.Parameters.Faulty;

    /// <summary>A new key.</summary>
    public static DealingCeremony Generate(PrimeGroup group, Hash256 session, Roster parties)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(parties);
        return new(DealingKind.Generate, group, session, parties, parties, null);
    }

    /// <summary>A new version for the same parties.</summary>
    public static DealingCeremony Refresh(SharedKey current, Hash256 session, Roster parties)
    {
        ArgumentNullException.ThrowIfNull(current);
        Require(current, parties);
        return new(DealingKind.Refresh, current.Group, session, parties, parties, current);
    }

    /// <summary>A new version for other parties. Indices of old and new parties are independent of each other.</summary>
    public static DealingCeremony Reshare(SharedKey current, Hash256 session, Roster holders, Roster receivers)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(receivers);
        Require(current, holders);
        return new(DealingKind.Reshare, current.Group, session, holders, receivers, current);
    }

    private static void Require(SharedKey current, Roster holders)
    {
        ArgumentNullException.ThrowIfNull(holders);
        if (holders.Parameters != current.Parameters) throw new ArgumentException("The holders are not those of the key.", nameof(holders));
    }
}
