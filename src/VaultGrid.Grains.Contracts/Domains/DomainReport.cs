namespace VaultGrid.Grains;

/// <summary>A Domain and where it stands.</summary>
[GenerateSerializer, Immutable, Alias("vg.domain.report.v1")]
public sealed record DomainReport
{
    /// <summary>Its id.</summary>
    [Id(0)] public required DomainId Domain { get; init; }

    /// <summary>The chain.</summary>
    [Id(1)] public required TrustId Chain { get; init; }

    /// <summary>The Trust that it stands under.</summary>
    [Id(2)] public required Hash256 Trust { get; init; }

    /// <summary>That Trust's number.</summary>
    [Id(3)] public required ulong TrustNumber { get; init; }

    /// <summary>How often it was written, from 1.</summary>
    [Id(4)] public required ulong Revision { get; init; }

    /// <summary>The hash of its keys.</summary>
    [Id(5)] public required Hash256 Keys { get; init; }

    /// <summary>The kind's number (<see cref="MasterKeyKind"/>).</summary>
    [Id(6)] public required byte Kind { get; init; }

    /// <summary>The version of the master key for new data.</summary>
    [Id(7)] public required uint MasterVersion { get; init; }

    /// <summary>That key's public half; empty for AES.</summary>
    [Id(8)] public ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>The operator whose signing key it is, or empty.</summary>
    [Id(9)] public required string Owner { get; init; }

    /// <summary>When this revision came.</summary>
    [Id(10)] public required DateTimeOffset Changed { get; init; }

    /// <summary>Whether the grid serves it no more.</summary>
    [Id(11)] public bool Retired { get; init; }

    /// <summary>The Domain without its Trust (<see cref="SealedKeys"/>); empty in listings.</summary>
    [Id(12)] public ReadOnlyMemory<byte> SealedKeys { get; init; }
}
