namespace VaultGrid.Client;

/// <summary>A vault node as it answered.</summary>
public sealed record NodeStatus
{
    /// <summary>The node.</summary>
    public required NodeId Node { get; init; }

    /// <summary>Its phase (<c>unprovisioned</c>, <c>provisioned</c>, <c>certified</c>, <c>member</c>, <c>held</c>, <c>retired</c>), or <c>detached</c> where it does not answer.</summary>
    public required string Phase { get; init; }

    /// <summary>When it last answered.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>Which adapter it uses: <c>software</c> …</summary>
    public string? Adapter { get; init; }

    /// <summary>The enclave program's version.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>Its device certificate, DER.</summary>
    public ReadOnlyMemory<byte>? Certificate { get; init; }

    /// <summary>SHA-256 of its D public key.</summary>
    public Hash256? DeviceKey { get; init; }

    /// <summary>How many irreversible steps its store has taken.</summary>
    public ulong? StoreVersion { get; init; }

    /// <summary>The hash of the store's versioned part.</summary>
    public Hash256? VersionedPart { get; init; }

    /// <summary>The hash of the administrators' policy in force.</summary>
    public Hash256? Admins { get; init; }

    /// <summary>The hash of the membership record in force.</summary>
    public Hash256? Membership { get; init; }

    /// <summary>The number of that record.</summary>
    public ulong? MembershipNumber { get; init; }

    /// <summary>The revocation lists it has.</summary>
    public IReadOnlyList<RevocationListStatus> RevocationLists { get; init; } = [];

    /// <summary>The keys it holds.</summary>
    public IReadOnlyList<NodeKey> Keys { get; init; } = [];

    /// <summary>The hash of its alarms, which an <c>alarm-clear</c> request names.</summary>
    public Hash256? AlarmsHash { get; init; }

    /// <summary>Its alarms about nodes of other clusters, the highest first.</summary>
    public IReadOnlyList<NodeAlarm> Alarms { get; init; } = [];
}

/// <summary>A revocation list that a node has.</summary>
/// <param name="Issuer">Whose it is: <c>admin-ca</c>, <c>cluster-ca/1</c> …</param>
/// <param name="Number">Its number.</param>
/// <param name="NextUpdate">When it is overdue.</param>
public sealed record RevocationListStatus(string Issuer, ulong Number, DateTimeOffset NextUpdate);

/// <summary>A key that a node holds.</summary>
/// <param name="KeyId">Its name.</param>
/// <param name="Key">The hash of its birth record.</param>
/// <param name="Fingerprint">The hash of its public part.</param>
/// <param name="Policy">The hash of the policy in force.</param>
/// <param name="PolicyNumber">The number of that policy.</param>
public sealed record NodeKey(KeyId KeyId, Hash256 Key, Hash256 Fingerprint, Hash256 Policy, ulong PolicyNumber);

/// <summary>How often checks of what other nodes sent have failed in sessions of a key. From 3 on the node refuses sessions with the whole set.</summary>
/// <param name="Key">The hash of the key's birth record.</param>
/// <param name="Nodes">The nodes that it is about.</param>
/// <param name="Count">How often.</param>
public sealed record NodeAlarm(Hash256 Key, IReadOnlyList<NodeId> Nodes, uint Count);
