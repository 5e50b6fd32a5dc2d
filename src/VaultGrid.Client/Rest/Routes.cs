namespace VaultGrid.Client;

/// <summary>The resources of the REST interface, as clients write them.</summary>
internal static class Routes
{
    public const string Grid = "v1/grid";
    public const string Authorities = "v1/authorities";
    public const string Requests = "v1/requests";
    public const string ExecuteApproved = "v1/requests/execute-approved";

    public static string Cluster(ClusterId cluster) => $"v1/clusters/{cluster}";

    public static string Sync(ClusterId cluster) => $"{Cluster(cluster)}/sync";

    public static string Node(NodeId node) => $"{Cluster(node.Cluster)}/nodes/{node.Index}";

    public static string Provision(NodeId node) => $"{Node(node)}/provision";

    public static string Certificate(NodeId node) => $"{Node(node)}/certificate";

    public static string WrapKey(NodeId node, KeyId key) => $"{Node(node)}/wrap-keys/{key}";

    public static string Request(RequestId request) => $"{Requests}/{request}";

    public static string Approvals(RequestId request) => $"{Request(request)}/approvals";

    public static string Execute(RequestId request) => $"{Request(request)}/execute";

    public static string RequestPage(RequestQuery query) => Requests + Query(
        ("after", query.After), ("limit", query.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("cluster", query.Cluster?.ToString()), ("state", query.State), ("caller", query.Caller));

    public static string Keys(ClusterId cluster) => $"{Cluster(cluster)}/keys";

    public static string KeyPage(ClusterId cluster, PageQuery query) => Keys(cluster) + Query(
        ("after", query.After), ("limit", query.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static string Key(ClusterId cluster, KeyId key) => $"{Keys(cluster)}/{key}";

    public static string Account(ClusterId cluster, KeyId key, DerivationPath path) => $"{Key(cluster, key)}/accounts" + Query(("path", path.ToString()));

    public static string Audit(ClusterId cluster, KeyId key) => $"{Key(cluster, key)}/audit";

    public static string Session(Hash256 session) => $"v1/sessions/{session}";

    private static string Query(params ReadOnlySpan<(string Name, string? Value)> members)
    {
        var query = new System.Text.StringBuilder();
        foreach (var (name, value) in members)
        {
            if (value is not null) query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return query.ToString();
    }
}
