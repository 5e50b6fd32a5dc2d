namespace VaultGrid.Grains;

/// <summary>A key that nodes generated together: its public part, who holds it, its versions.</summary>
[GenerateSerializer, Immutable, Alias("vg.shared.report.v1")]
public sealed record SharedKeyReport
{
    /// <summary>Its name.</summary>
    [Id(0)] public required KeyId KeyId { get; init; }

    /// <summary>The hash of its birth record.</summary>
    [Id(1)] public required Hash256 Key { get; init; }

    /// <summary>Its kind by name.</summary>
    [Id(2)] public required string Kind { get; init; }

    /// <summary>The clusters that it was made for.</summary>
    [Id(3)] public required ImmutableArray<ClusterId> Clusters { get; init; }

    /// <summary>The hash of the policy in force.</summary>
    [Id(4)] public required Hash256 Policy { get; init; }

    /// <summary>That policy, canonical bytes.</summary>
    [Id(5)] public required ReadOnlyMemory<byte> PolicyDocument { get; init; }

    /// <summary>When it was born.</summary>
    [Id(6)] public required DateTimeOffset Created { get; init; }

    /// <summary>The version in force with its votes, in the encoding of the enclaves.</summary>
    [Id(7)] public required ReadOnlyMemory<byte> Certified { get; init; }

    /// <summary>The holders, in order of their shares, as they were when they were last asked.</summary>
    [Id(8)] public required ImmutableArray<ShareReport> Holders { get; init; }

    /// <summary>The versions that the grid has seen come, the newest last.</summary>
    [Id(9)] public ImmutableArray<KeyVersionReport> History { get; init; } = [];

    /// <summary>True once it was deleted.</summary>
    [Id(10)] public bool IsDeleted { get; init; }

    /// <summary>True where the policy asks for a refresh now.</summary>
    [Id(11)] public bool IsRefreshDue { get; init; }
}

/// <summary>A holder of a share.</summary>
/// <param name="Node">The node.</param>
/// <param name="Share">The share's number.</param>
/// <param name="State"><see cref="ShareReport.Held"/> and so on.</param>
/// <param name="Version">The version that it knows; 0 where it did not answer.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.share.v1")]
public sealed record ShareReport([property: Id(0)] NodeId Node, [property: Id(1)] byte Share, [property: Id(2)] string State, [property: Id(3)] uint Version)
{
    /// <summary>It holds the share of the version in force.</summary>
    public const string Held = "held";

    /// <summary>It has lost the share.</summary>
    public const string Missing = "missing";

    /// <summary>It has not heard of the version in force.</summary>
    public const string Behind = "behind";

    /// <summary>It has destroyed the share.</summary>
    public const string Destroyed = "destroyed";

    /// <summary>It does not answer.</summary>
    public const string Silent = "silent";
}

/// <summary>A version of a shared key.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Hash">The hash that requests name it by.</param>
/// <param name="Made">The ceremony that made it: <c>generate</c>, <c>refresh</c> or <c>reshare</c>.</param>
/// <param name="Parties">n.</param>
/// <param name="Faulty">f.</param>
/// <param name="Seen">When the grid learnt of it.</param>
[GenerateSerializer, Immutable, Alias("vg.shared.version.v1")]
public sealed record KeyVersionReport(
    [property: Id(0)] uint Number,
    [property: Id(1)] Hash256 Hash,
    [property: Id(2)] string Made,
    [property: Id(3)] int Parties,
    [property: Id(4)] int Faulty,
    [property: Id(5)] DateTimeOffset Seen);
