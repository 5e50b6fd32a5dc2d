using System.Collections.Immutable;

namespace VaultGrid.Enclave;

/// <summary>Everything an enclave knows, as one immutable snapshot: readers keep the one they started with.</summary>
internal sealed record VaultState
{
    /// <summary>A fresh enclave.</summary>
    public static VaultState Fresh { get; } = new();

    /// <summary>How many irreversible steps were taken.</summary>
    public ulong Version { get; init; }

    /// <summary>The phase that the store has.</summary>
    public EnclavePhase StoredPhase { get; init; } = EnclavePhase.Unprovisioned;

    /// <summary>True where the store was found rolled back at this start; never stored.</summary>
    public bool IsHeld { get; init; }

    /// <summary>True where a version guard stands beside the store: it is missed if it is gone.</summary>
    public bool IsGuarded { get; init; }

    /// <summary>The lowest time that the clock may show.</summary>
    public DateTimeOffset TimeFloor { get; init; } = DateTimeOffset.UnixEpoch;

    public DeviceIdentity? Identity { get; init; }

    public RoleCertificate? Certificate { get; init; }

    public TrustedAuthorities? Authorities { get; init; }

    /// <summary>The administrators' policies given at provisioning, canonical bytes.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Pins { get; init; } = [];

    /// <summary>The changes of administrators since.</summary>
    public ImmutableArray<ApprovedRecord> AdminChanges { get; init; } = [];

    /// <summary>Both together.</summary>
    public PolicyChain? Admins { get; init; }

    /// <summary>The cluster's membership records, from the first.</summary>
    public ImmutableArray<ApprovedRecord> Memberships { get; init; } = [];

    /// <summary>The last of them, read.</summary>
    public MembershipRecord? Membership { get; init; }

    /// <summary>Its hash.</summary>
    public Hash256 MembershipHash { get; init; }

    /// <summary>The keys.</summary>
    public KeyRing Keys { get; init; } = KeyRing.Empty;

    /// <summary>Wrap keys that wait for their dealers.</summary>
    public ImmutableArray<WrapKey> WrapKeys { get; init; } = [];

    /// <summary>Chains of Trusts that this enclave has wrap keys for.</summary>
    public HeldChains Chains { get; init; } = HeldChains.Empty;

    /// <summary>Alarms about other nodes; outside the versioned part.</summary>
    public AlarmCounters Alarms { get; init; } = AlarmCounters.None;

    /// <summary>What this enclave has recorded as a witness of others; outside the versioned part.</summary>
    public WitnessBook Witnessed { get; init; } = WitnessBook.None;

    /// <summary>What the store knows of the audit log; outside the versioned part.</summary>
    public AuditMark Audit { get; init; } = AuditMark.None;

    /// <summary>Requests that retired or restored this node: the same request again is answered again.</summary>
    public ImmutableArray<PhaseMove> Moves { get; init; } = [];

    /// <summary>The hash of the versioned part, set when the state is taken on.</summary>
    public Hash256 VersionedPart { get; init; }

    /// <summary>The phase that the enclave is in.</summary>
    public EnclavePhase Phase => IsHeld ? EnclavePhase.Held : StoredPhase;

    /// <summary>The node; after provisioning only.</summary>
    public NodeId Node => Identity?.Node ?? throw new InvalidOperationException("An enclave has no identity before it is provisioned.");

    /// <summary>True where the membership record in force names this node.</summary>
    public bool IsMember => IsMemberNode(Node.Index);

    /// <summary>True where the membership record in force names a node of this cluster.</summary>
    public bool IsMemberNode(uint index) => Membership is { } membership && membership.Nodes.Contains(index);
}
