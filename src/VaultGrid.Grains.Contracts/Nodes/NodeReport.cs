namespace VaultGrid.Grains;

/// <summary>A vault node as it last answered.</summary>
[GenerateSerializer, Immutable, Alias("vg.node.report.v1")]
public sealed record NodeReport
{
    /// <summary>The phase of a node that does not answer.</summary>
    public const string Detached = "detached";

    /// <summary>The phase of a node that makes, copies and uses keys.</summary>
    public const string Member = "member";

    /// <summary>The phase of a node that waits for a membership record.</summary>
    public const string Certified = "certified";

    /// <summary>The phase of a node that found its store rolled back.</summary>
    public const string Held = "held";

    /// <summary>The node.</summary>
    [Id(0)] public required NodeId Node { get; init; }

    /// <summary>Its phase by name, or <see cref="Detached"/>.</summary>
    [Id(1)] public required string Phase { get; init; }

    /// <summary>When it last answered.</summary>
    [Id(2)] public DateTimeOffset? LastSeen { get; init; }

    /// <summary>Its adapter's name.</summary>
    [Id(3)] public string? Adapter { get; init; }

    /// <summary>The enclave program's version.</summary>
    [Id(4)] public string? SoftwareVersion { get; init; }

    /// <summary>Its device certificate, DER; empty before it is certified.</summary>
    [Id(5)] public ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>SHA-256 of its D public key.</summary>
    [Id(6)] public Hash256? DeviceKey { get; init; }

    /// <summary>The version of its store's versioned part.</summary>
    [Id(7)] public ulong StoreVersion { get; init; }

    /// <summary>The hash of that part.</summary>
    [Id(8)] public Hash256? VersionedPart { get; init; }

    /// <summary>The hash of the administrators' policy in force there.</summary>
    [Id(9)] public Hash256? Admins { get; init; }

    /// <summary>That policy's number.</summary>
    [Id(10)] public ulong AdminsNumber { get; init; }

    /// <summary>The hash of the membership record in force there.</summary>
    [Id(11)] public Hash256? Membership { get; init; }

    /// <summary>That record's number.</summary>
    [Id(12)] public ulong MembershipNumber { get; init; }

    /// <summary>The revocation lists that it has.</summary>
    [Id(13)] public ImmutableArray<RevocationListReport> RevocationLists { get; init; } = [];

    /// <summary>The keys that it holds.</summary>
    [Id(14)] public ImmutableArray<HeldKeyReport> Keys { get; init; } = [];

    /// <summary>The hash of its alarms about other nodes.</summary>
    [Id(15)] public Hash256? AlarmsHash { get; init; }

    /// <summary>Its alarms, the highest first.</summary>
    [Id(16)] public ImmutableArray<AlarmReport> Alarms { get; init; } = [];
}

/// <summary>A revocation list that a node has.</summary>
/// <param name="Issuer">Whose it is.</param>
/// <param name="Number">Its number.</param>
/// <param name="NextUpdate">When it is overdue.</param>
[GenerateSerializer, Immutable, Alias("vg.node.revocations.v1")]
public sealed record RevocationListReport(
    [property: Id(0)] string Issuer, [property: Id(1)] ulong Number, [property: Id(2)] DateTimeOffset NextUpdate);

/// <summary>A key that a node holds.</summary>
/// <param name="KeyId">Its name.</param>
/// <param name="Key">The hash of its birth record.</param>
/// <param name="Fingerprint">The hash of its public part.</param>
/// <param name="Policy">The hash of the policy in force there.</param>
/// <param name="PolicyNumber">That policy's number.</param>
[GenerateSerializer, Immutable, Alias("vg.node.key.v1")]
public sealed record HeldKeyReport(
    [property: Id(0)] KeyId KeyId,
    [property: Id(1)] Hash256 Key,
    [property: Id(2)] Hash256 Fingerprint,
    [property: Id(3)] Hash256 Policy,
    [property: Id(4)] ulong PolicyNumber);

/// <summary>How often checks of what a set of other nodes sent have failed in sessions of a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Nodes">The set.</param>
/// <param name="Count">How often.</param>
[GenerateSerializer, Immutable, Alias("vg.node.alarm.v1")]
public sealed record AlarmReport([property: Id(0)] Hash256 Key, [property: Id(1)] ImmutableArray<NodeId> Nodes, [property: Id(2)] uint Count);
