using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>
/// The prepared sessions of one key (key: the hash of its birth record), by combination of participants. In memory only: what enclaves hold for them
/// ends with them. Filled one at a time while no signing is under way.
/// </summary>
[Alias("vg.presign.v1")]
public interface IPresignPoolGrain : IGrainWithStringKey
{
    /// <summary>Takes one out, for good; and keeps the pool filled from now on.</summary>
    [Alias("take"), AlwaysInterleave]
    Task<TakenSession> TakeAsync(TakeSession command, CancellationToken cancellationToken);

    /// <summary>Forgets what was prepared with a node: its enclave has started again, or does not answer.</summary>
    [Alias("drop"), AlwaysInterleave]
    Task DropAsync(NodeId node, CancellationToken cancellationToken);

    /// <summary>How many there are.</summary>
    [Alias("depth"), AlwaysInterleave]
    Task<PresignDepth> GetDepthAsync(CancellationToken cancellationToken);
}

/// <summary>Asks for a prepared session.</summary>
/// <param name="Key">The key.</param>
/// <param name="Avoid">Nodes that must not be in it.</param>
[GenerateSerializer, Immutable, Alias("vg.presign.take.v1")]
public sealed record TakeSession([property: Id(0)] KeyReport Key, [property: Id(1)] ImmutableArray<NodeId> Avoid);

/// <summary>A prepared session, or none.</summary>
/// <param name="Session">The session; null where there is none.</param>
[GenerateSerializer, Immutable, Alias("vg.presign.taken.v1")]
public sealed record TakenSession([property: Id(0)] PreparedSession? Session);

/// <summary>A session that its participants have prepared up to where the message is needed.</summary>
/// <param name="Plan">Its plan, as it was sent to them.</param>
/// <param name="Participants">They, in order.</param>
/// <param name="Steps">How it was prepared.</param>
[GenerateSerializer, Immutable, Alias("vg.presign.session.v1")]
public sealed record PreparedSession(
    [property: Id(0)] ReadOnlyMemory<byte> Plan, [property: Id(1)] ImmutableArray<NodeId> Participants, [property: Id(2)] ImmutableArray<SessionStepEntry> Steps);

/// <summary>How full a pool is.</summary>
/// <param name="Ready">Prepared sessions, of all combinations.</param>
/// <param name="Wanted">How many it keeps.</param>
[GenerateSerializer, Immutable, Alias("vg.presign.depth.v1")]
public sealed record PresignDepth([property: Id(0)] int Ready, [property: Id(1)] int Wanted);
