namespace VaultGrid.Relay;

/// <summary><c>/v1/clusters/{cluster}/audit</c>, and what a node signs with a verifier's nonce.</summary>
internal static class AuditResource
{
    private const string Log = "/clusters/{cluster}/audit";
    private const string Node = "/clusters/{cluster}/nodes/{node}";

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet(Log, GetAsync).Answers<AuditLogStatus>("audit", "getAuditLog", "The merged audit log of a cluster: its size, its Merkle root, the enclaves' own logs in it.");
        v1.MapGet(Log + "/entries", ListAsync).TakesQuery("after", "limit")
            .Answers<Page<AuditEntryStatus>>("audit", "listAudit", "Entries of the merged audit log by page, the oldest first.");
        v1.MapGet(Log + "/proof", ProveAsync).TakesQuery("position", "first", "size")
            .Answers<AuditProof>("audit", "proveAudit", "A proof that an entry is in the log, or that a smaller log is its beginning (RFC 6962).");
        v1.MapGet(Node + "/audit-head", GetHeadAsync).TakesQuery("nonce")
            .Answers<DeviceStatement>("audit", "getAuditHead", "The end of a node's own audit log, signed by its enclave with the caller's nonce.");
        v1.MapGet(Node + "/attestation", AttestAsync).TakesQuery("nonce")
            .Answers<DeviceStatement>("nodes", "attestNode", "What a node's enclave is, signed by it with the caller's nonce.");
    }

    private static Task<IResult> GetAsync(string cluster, HttpContext http) =>
        Ids.Cluster(cluster).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.AuditLogStatus, (grid, cancel) => grid.GetAuditLogAsync(id, cancel))
            : refusal.Problem();

    private static Task<IResult> ListAsync(string cluster, string? after, string? limit, HttpContext http)
    {
        if (!Ids.Cluster(cluster).Is(out var id, out var refusal) || !Pages.Of(after, limit).Is(out var page, out refusal)) return refusal.Problem();
        return http.AnswerAsync(VaultGridJson.Answers.AuditPage, (grid, cancel) => grid.ListAuditAsync(id, page, cancel));
    }

    private static Task<IResult> ProveAsync(string cluster, string? position, string? first, string? size, HttpContext http)
    {
        if (!Ids.Cluster(cluster).Is(out var id, out var refusal)) return refusal.Problem();
        if (!Number(position).Is(out var at, out refusal) || !Number(first).Is(out var from, out refusal) || !Number(size).Is(out var whole, out refusal)) return refusal.Problem();
        var query = new AuditProofQuery { Position = at.Value, First = from.Value, Size = whole.Value };
        return http.AnswerAsync(VaultGridJson.Answers.AuditProof, (grid, cancel) => grid.ProveAuditAsync(id, query, cancel));
    }

    private static Task<IResult> GetHeadAsync(string cluster, string node, string? nonce, HttpContext http)
    {
        if (!Ids.Node(cluster, node).Is(out var id, out var refusal) || !Nonce(nonce).Is(out var bytes, out refusal)) return refusal.Problem();
        return http.AnswerAsync(VaultGridJson.Answers.DeviceStatement, (grid, cancel) => grid.GetAuditHeadAsync(id, bytes, cancel));
    }

    private static Task<IResult> AttestAsync(string cluster, string node, string? nonce, HttpContext http)
    {
        if (!Ids.Node(cluster, node).Is(out var id, out var refusal) || !Nonce(nonce).Is(out var bytes, out refusal)) return refusal.Problem();
        return http.AnswerAsync(VaultGridJson.Answers.DeviceStatement, (grid, cancel) => grid.AttestNodeAsync(id, bytes, cancel));
    }

    private static Outcome<byte[]> Nonce(string? text) =>
        Hex.TryDecode(text ?? "", out var nonce) && nonce.Length is >= AuditHead.ShortestNonce and <= AuditHead.LongestNonce
            ? nonce
            : new Refusal(RefusalCode.PageInvalid, $"nonce is {AuditHead.ShortestNonce} to {AuditHead.LongestNonce} bytes in lower-case hex with 0x before them");

    private static Outcome<Box> Number(string? text)
    {
        if (text is null) return new Box(null);
        return ulong.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue ? new Box(number) : new Refusal(RefusalCode.PageInvalid, "positions and sizes are numbers from 0");
    }

    private sealed record Box(ulong? Value);
}
