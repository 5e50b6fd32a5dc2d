namespace VaultGrid.Client;

/// <summary>The resources of the REST interface, as clients write them.</summary>
internal static class Routes
{
    public const string Grid = "v1/grid";
    public const string Authorities = "v1/authorities";
    public const string Requests = "v1/requests";
    public const string Trusts = "v1/trusts";
    public const string TrustVerification = "v1/trusts/verify";
    public const string Operators = "v1/operators";
    public const string Domains = "v1/domains";
    public const string DomainVerification = "v1/domains/verify";
    public const string ExecuteApproved = "v1/requests/execute-approved";

    public static string Cluster(ClusterId cluster) => $"v1/clusters/{cluster}";

    public static string Sync(ClusterId cluster) => $"{Cluster(cluster)}/sync";

    public static string Assignment(ClusterId cluster) => $"{Cluster(cluster)}/assignment";

    public static string Door(ClusterId cluster) => $"{Cluster(cluster)}/door";

    public static string Door(ClusterId cluster, Hash256 key) => $"{Door(cluster)}/keys/{key}";

    public static string KeyAudit(ClusterId cluster) => $"{Cluster(cluster)}/key-audit";

    public static string Node(NodeId node) => $"{Cluster(node.Cluster)}/nodes/{node.Index}";

    public static string Provision(NodeId node) => $"{Node(node)}/provision";

    public static string Certificate(NodeId node) => $"{Node(node)}/certificate";

    public static string WrapKey(NodeId node, KeyId key) => $"{Node(node)}/wrap-keys/{key}";

    public static string Request(RequestId request) => $"{Requests}/{request}";

    public static string Approvals(RequestId request) => $"{Request(request)}/approvals";

    public static string Execute(RequestId request) => $"{Request(request)}/execute";

    public static string RequestPage(RequestQuery query) => Requests + Query(
        ("after", query.After), ("limit", query.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("cluster", query.Cluster?.ToString()), ("state", query.State), ("caller", query.Caller), ("customer", query.Customer));

    public static string Keys(ClusterId cluster) => $"{Cluster(cluster)}/keys";

    public static string KeyPage(ClusterId cluster, PageQuery query) => Keys(cluster) + Query(
        ("after", query.After), ("limit", query.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static string Key(ClusterId cluster, KeyId key) => $"{Keys(cluster)}/{key}";

    public static string Account(ClusterId cluster, KeyId key, DerivationPath path) => $"{Key(cluster, key)}/accounts" + Query(("path", path.ToString()));

    public static string Audit(ClusterId cluster, KeyId key) => $"{Key(cluster, key)}/audit";

    public static string Session(Hash256 session) => $"v1/sessions/{session}";
    public static string Trust(Hash256 trust) => $"{Trusts}/{trust}";

    public static string TrustSignatures(Hash256 trust) => $"{Trust(trust)}/signatures";

    public static string TrustApproval(Hash256 trust) => $"{Trust(trust)}/approval";

    public static string TrustSeal(Hash256 trust) => $"{Trust(trust)}/seal";

    public static string TrustPage(TrustQuery query) => Trusts + Query(
        ("after", query.After), ("limit", Number(query.Limit)), ("chain", query.Chain?.ToString()), ("state", query.State), ("operator", query.Operator));

    public static string Chain(TrustId chain) => $"v1/chains/{chain}";

    public static string Rewrap(TrustId chain) => $"{Chain(chain)}/rewrap";

    public static string HsmKeys(TrustId chain) => $"{Chain(chain)}/hsms";

    public static string Retirement(TrustId chain, NodeId node) => $"{HsmKeys(chain)}/{node.Cluster}/{node.Index}/retire";

    public static string HsmKeyPage(HsmKeyQuery query) => "v1/hsms" + Query(("after", query.After), ("limit", Number(query.Limit)), ("chain", query.Chain?.ToString()));

    public static string OperatorPage(PageQuery query) => Operators + Query(("after", query.After), ("limit", Number(query.Limit)));

    public static string Domain(DomainId domain) => $"{Domains}/{domain}";

    public static string DomainCall(DomainId domain) => $"{Domain(domain)}/calls";

    public static string DomainRetirement(DomainId domain) => $"{Domain(domain)}/retire";

    public static string DomainPage(DomainQuery query) => Domains + Query(
        ("after", query.After), ("limit", Number(query.Limit)), ("chain", query.Chain?.ToString()), ("owner", query.Owner),
        ("below", query.Below?.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static string SessionKey(NodeId node) => $"{Node(node)}/session-key";

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string AuditLog(ClusterId cluster) => $"{Cluster(cluster)}/audit";

    public static string AuditPage(ClusterId cluster, PageQuery query) => $"{AuditLog(cluster)}/entries" + Query(
        ("after", query.After), ("limit", query.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static string AuditProof(ClusterId cluster, AuditProofQuery query) => $"{AuditLog(cluster)}/proof" + Query(
        ("position", Text(query.Position)), ("first", Text(query.First)), ("size", Text(query.Size)));

    public static string AuditHead(NodeId node, ReadOnlySpan<byte> nonce) => $"{Node(node)}/audit-head" + Query(("nonce", Hex.Encode(nonce)));

    public static string Attestation(NodeId node, ReadOnlySpan<byte> nonce) => $"{Node(node)}/attestation" + Query(("nonce", Hex.Encode(nonce)));

    private static string? Text(ulong? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string SharedKey(Hash256 key) => $"v1/shared-keys/{key}";

    public static string SharedKeyPage(SharedKeyQuery query) => "v1/shared-keys" + Query(
        ("after", query.After), ("limit", query.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("name", query.Name?.ToString()));

    public static string Repair(Hash256 key, NodeId holder) => $"{SharedKey(key)}/holders/{holder.Cluster}/{holder.Index}/repair";

    public static string Ceremony(Hash256 ceremony) => $"v1/ceremonies/{ceremony}";

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
