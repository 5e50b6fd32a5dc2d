using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>What administrators are asked to approve: a closed hierarchy, one case for each action.</summary>
/// <remarks>
/// Every case has its own closed list of members (its constructor and <c>WriteMembers</c>); <see cref="RequestActions"/> is the table of all.
/// A request for anything but signing names the hash of the state that it replaces, so that it takes effect once and nowhere else.
/// </remarks>
public abstract record Request
{
    /// <summary>The version of the request format.</summary>
    public const uint Version = 1;

    /// <summary>How far ahead a request may expire.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);

    /// <summary>The longest purpose, in characters.</summary>
    public const int PurposeLimit = 200;

    private protected Request() { }

    [SetsRequiredMembers]
    private protected Request(DocumentReader reader, RequestScope scope = RequestScope.One)
    {
        Id = reader.Parsed<RequestId>("requestId", RequestId.TryParse);
        if (scope == RequestScope.Several || (scope == RequestScope.OneOrSeveral && reader.Has("clusters")))
        {
            if (ClusterSet.TryCreate(reader.All<ClusterId>("clusters", ClusterId.TryParse, ClusterSet.Limit), out var clusters)) Clusters = clusters;
            else reader.Fail("member 'clusters' lists two or more clusters, ascending, each once");
            Cluster = clusters is null ? default : clusters.All[0];
        }
        else
        {
            Cluster = reader.Parsed<ClusterId>("cluster", ClusterId.TryParse);
        }

        Policy = reader.Hash("policy");
        Revocations = reader.Number("revocations");
        Expires = reader.Time("expires");
        Purpose = reader.Text("purpose", PurposeLimit);
    }

    /// <summary>The action's name, such as <c>sign</c>.</summary>
    public abstract string Action { get; }

    /// <summary>The id that makes the request idempotent.</summary>
    public required RequestId Id { get; init; }

    /// <summary>The cluster whose enclaves act on it; the first of them where several do.</summary>
    public required ClusterId Cluster { get; init; }

    /// <summary>The clusters that act on it together: for keys that several clusters hold. Null for a request of one cluster.</summary>
    public ClusterSet? Clusters { get; init; }

    /// <summary>The hash of the policy under which it is approved: the key's, or the one pinned at provisioning.</summary>
    public required Hash256 Policy { get; init; }

    /// <summary>The number of the Admin CA's revocation list that the requester knew; an enclave with a lower one refuses.</summary>
    public required ulong Revocations { get; init; }

    /// <summary>The last moment at which an enclave acts on it (UTC, whole seconds).</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>What it is for, in the requester's words; approvers see it marked as such.</summary>
    public required string Purpose { get; init; }

    /// <summary>True where enclaves of a cluster are to act on it.</summary>
    public bool IsFor(ClusterId cluster) => Clusters is { } clusters ? clusters.Contains(cluster) : Cluster == cluster;

    internal abstract void WriteMembers(CanonicalWriter writer);
}
