using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>How an enclave is. Public values only; a silo shows them and decides nothing safety-relevant by them.</summary>
public sealed record EnclaveStatus
{
    /// <summary>The enclave program's version.</summary>
    public required string SoftwareVersion { get; init; }

    /// <summary>Which adapter seals its store and holds its D key: <c>software</c>, <c>pkcs11</c>, <c>tpm</c>.</summary>
    public required string Adapter { get; init; }

    /// <summary>Its phase.</summary>
    public required EnclavePhase Phase { get; init; }

    /// <summary>Its identity; null before provisioning.</summary>
    public required NodeId? Node { get; init; }

    /// <summary>Its device certificate, DER; empty before it is certified.</summary>
    public required ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>SHA-256 of its D public key (SubjectPublicKeyInfo); default before provisioning.</summary>
    public required Hash256 DeviceKey { get; init; }

    /// <summary>The version of its sealed store's versioned part: how many irreversible steps it has taken.</summary>
    public required ulong StoreVersion { get; init; }

    /// <summary>The hash of the store's versioned part, which an approved <c>restore-node</c> names.</summary>
    public required Hash256 VersionedPart { get; init; }

    /// <summary>The hash of the administrators' policy in force; default before provisioning.</summary>
    public required Hash256 Admins { get; init; }

    /// <summary>That policy's number.</summary>
    public required ulong AdminsNumber { get; init; }

    /// <summary>The hash of the membership record in force; default before there is one.</summary>
    public required Hash256 Membership { get; init; }

    /// <summary>That record's number; 0 before there is one.</summary>
    public required ulong MembershipNumber { get; init; }

    /// <summary>The revocation lists that it has.</summary>
    public required IReadOnlyList<KnownRevocationList> RevocationLists { get; init; }

    /// <summary>Its clock, never below the highest time that a CA has signed.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The keys that it holds.</summary>
    public required IReadOnlyList<HeldKey> Keys { get; init; }

    /// <summary>The hash of all its alarms, which an approved <c>alarm-clear</c> names.</summary>
    public required Hash256 AlarmsHash { get; init; }

    /// <summary>Its alarms about other nodes, the highest first, at most <see cref="KnownAlarm.Told"/>.</summary>
    public required IReadOnlyList<KnownAlarm> Alarms { get; init; }

    /// <summary>How many sessions with other clusters hold secrets here now, prepared ones included.</summary>
    public required uint Sessions { get; init; }

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Text(SoftwareVersion).Text(Adapter).U8((byte)Phase);
        writer.List<NodeId>(Node is { } node ? [node] : [], (to, item) => to.Node(item));
        writer.Bytes(Certificate.Span).Hash(DeviceKey).U64(StoreVersion).Hash(VersionedPart);
        writer.Hash(Admins).U64(AdminsNumber).Hash(Membership).U64(MembershipNumber);
        writer.List(RevocationLists, KnownRevocationList.Write).Time(Time).List(Keys, HeldKey.Write);
        writer.Hash(AlarmsHash).List(Alarms, KnownAlarm.Write).U32(Sessions);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static EnclaveStatus Read(ref WireReader reader) => new()
    {
        SoftwareVersion = reader.Text(EnclaveLimits.Text),
        Adapter = reader.Text(EnclaveLimits.Text),
        Phase = ReadPhase(ref reader),
        Node = reader.List(1, (ref WireReader from) => from.NodeId()) is [var node] ? node : null,
        Certificate = reader.Memory(EnclaveLimits.Certificate),
        DeviceKey = reader.Hash(),
        StoreVersion = reader.U64(),
        VersionedPart = reader.Hash(),
        Admins = reader.Hash(),
        AdminsNumber = reader.U64(),
        Membership = reader.Hash(),
        MembershipNumber = reader.U64(),
        RevocationLists = reader.List(EnclaveLimits.Authorities, KnownRevocationList.Read),
        Time = reader.Time(),
        Keys = reader.List(EnclaveLimits.Keys, HeldKey.Read),
        AlarmsHash = reader.Hash(),
        Alarms = reader.List(KnownAlarm.Told, KnownAlarm.Read),
        Sessions = reader.U32(),
    };

    private static EnclavePhase ReadPhase(ref WireReader reader)
    {
        var phase = (EnclavePhase)reader.U8();
        if (!Enum.IsDefined(phase)) reader.Fail("a phase is unknown");
        return phase;
    }
}
