namespace VaultGrid.Client;

/// <summary>A key that nodes generated together.</summary>
public sealed record SharedKeyStatus
{
    /// <summary>Its name.</summary>
    public required KeyId KeyId { get; init; }

    /// <summary>The hash of its birth record: how requests and calls name it.</summary>
    public required Hash256 Key { get; init; }

    /// <summary>Its kind: <c>frost-secp256k1</c>, <c>taproot</c>, <c>ed25519</c>, <c>bls</c> or <c>dise</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>in-use</c> or <c>deleted</c>.</summary>
    public required string State { get; init; }

    /// <summary>The key as its verifiers have it: 33 bytes, 32 (x only) for taproot, 32 for ed25519 and dise, 48 for bls.</summary>
    public required ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>The clusters that its birth was approved for.</summary>
    public required IReadOnlyList<ClusterId> Clusters { get; init; }

    /// <summary>f: any f + 1 holders use the key, f learn nothing.</summary>
    public required int Faulty { get; init; }

    /// <summary>The holders, in order of their shares.</summary>
    public required IReadOnlyList<ShareStatus> Holders { get; init; }

    /// <summary>The number of the version in force.</summary>
    public required long Version { get; init; }

    /// <summary>Its hash: what requests to refresh and reshare replace.</summary>
    public required Hash256 VersionHash { get; init; }

    /// <summary>The versions that the grid has seen, the newest last.</summary>
    public required IReadOnlyList<KeyVersionStatus> History { get; init; }

    /// <summary>The hash of the policy in force.</summary>
    public required Hash256 Policy { get; init; }

    /// <summary>That policy, canonical bytes.</summary>
    public required ReadOnlyMemory<byte> PolicyDocument { get; init; }

    /// <summary>When it was born.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>True where the policy asks for a refresh now.</summary>
    public required bool IsRefreshDue { get; init; }
}

/// <summary>A holder of a share.</summary>
/// <param name="Node">The node.</param>
/// <param name="Share">The share's number, from 1.</param>
/// <param name="State"><c>held</c>, <c>missing</c>, <c>behind</c>, <c>destroyed</c> or <c>silent</c>.</param>
/// <param name="Version">The version that it knows; 0 where it did not answer.</param>
public sealed record ShareStatus(NodeId Node, int Share, string State, long Version);

/// <summary>A version of a key.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Made">The ceremony that made it: <c>generate</c>, <c>refresh</c> or <c>reshare</c>.</param>
/// <param name="Parties">n.</param>
/// <param name="Faulty">f.</param>
/// <param name="Seen">When the grid learnt of it.</param>
public sealed record KeyVersionStatus(long Number, Hash256 Hash, string Made, int Parties, int Faulty, DateTimeOffset Seen);

/// <summary>Which shared keys are wanted.</summary>
public sealed record SharedKeyQuery : PageQuery
{
    /// <summary>Only keys of this name.</summary>
    public KeyId? Name { get; init; }
}

/// <summary>What proves a key.</summary>
/// <param name="Certified">The version in force with its votes, in the enclaves' encoding.</param>
/// <param name="Evidence">The key's birth and policies with their approvals, likewise.</param>
/// <param name="Statements">What its holders say of it now, D-signed.</param>
public sealed record SharedKeyEvidence(ReadOnlyMemory<byte> Certified, ReadOnlyMemory<byte> Evidence, IReadOnlyList<DeviceStatement> Statements);
