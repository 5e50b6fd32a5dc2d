namespace VaultGrid.Relay;

/// <summary><c>/v1/clusters/{cluster}/nodes/{node}</c></summary>
internal static class NodeResource
{
    private const string Node = "/clusters/{cluster}/nodes/{node}";

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet(Node, GetAsync).Answers<NodeStatus>("nodes", "getNode", "One node, asked now.");
        v1.MapPost(Node + "/provision", ProvisionAsync).Takes<NodeProvisioning>()
            .Answers<CertificateRequest>("nodes", "provisionNode", "Gives a fresh node its identity and pins; it answers a certificate request for its new device key.");
        v1.MapPost(Node + "/certificate", CertifyAsync).Takes<NodeCertification>()
            .Answers<NodeStatus>("nodes", "certifyNode", "Installs or renews a node's device certificate.");
        v1.MapPost(Node + "/wrap-keys/{key}", GetWrapKeyAsync)
            .Answers<DeviceStatement>("nodes", "getWrapKey", "The node's wrap key for a key that will be dealt under this name; the same until the import.");
    }

    private static Task<IResult> GetAsync(string cluster, string node, HttpContext http) =>
        Ids.Node(cluster, node).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.NodeStatus, (grid, cancel) => grid.GetNodeAsync(id, cancel))
            : refusal.Problem();

    private static Task<IResult> ProvisionAsync(string cluster, string node, HttpContext http) =>
        Ids.Node(cluster, node).Is(out var id, out var refusal)
            ? http.AnswerAsync(
                VaultGridJson.Requests.NodeProvisioning, VaultGridJson.Answers.CertificateRequest,
                (grid, body, cancel) => grid.ProvisionNodeAsync(id, body, cancel))
            : refusal.Problem();

    private static Task<IResult> GetWrapKeyAsync(string cluster, string node, string key, HttpContext http)
    {
        if (!Ids.Node(cluster, node).Is(out var id, out var refusal) || !Ids.Key(key).Is(out var keyId, out refusal)) return refusal.Problem();
        return http.AnswerAsync(VaultGridJson.Answers.DeviceStatement, (grid, cancel) => grid.GetWrapKeyAsync(id, keyId, cancel));
    }

    private static Task<IResult> CertifyAsync(string cluster, string node, HttpContext http) =>
        Ids.Node(cluster, node).Is(out var id, out var refusal)
            ? http.AnswerAsync(
                VaultGridJson.Requests.NodeCertification, VaultGridJson.Answers.NodeStatus, (grid, body, cancel) => grid.CertifyNodeAsync(id, body, cancel))
            : refusal.Problem();
}
