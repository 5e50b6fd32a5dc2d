namespace VaultGrid.Client.Grains;

/// <summary>Requests, between the grains' messages and the client's records.</summary>
internal static class RequestMapping
{
    public static GivenApproval Approval(RequestApproval approval) => new(approval.Certificate, approval.Signature);

    public static Outcome<RequestStatus> Status(RequestReport report) => ToStatus(report);

    public static Outcome<Page<RequestStatus>> Page(HistoryPage page) => new Page<RequestStatus>([.. page.Requests.Select(ToStatus)], page.Next);

    public static Outcome<HistoryQuery> Query(RequestQuery query)
    {
        if (query.Limit is < 1 or > PageQuery.LimitMax)
            return new Refusal(RefusalCode.PageInvalid, $"a page has 1 to {PageQuery.LimitMax} items, not {query.Limit}");
        RequestState? state = null;
        if (query.State is { } name)
        {
            if (!RequestStates.TryParse(name, out var known))
                return new Refusal(RefusalCode.InputMalformed, $"'{name}' is no state of a request: open, done, refused and expired are");
            state = known;
        }

        if (query.Customer is { } customer && !CustomerId.TryParse(customer, out _))
            return new Refusal(RefusalCode.InputMalformed, "a customer's name is 1 to 64 of a-z, 0-9 and '-', starting with a letter");
        return new HistoryQuery(query.After, query.Limit, query.Cluster, state, query.Caller, query.Customer);
    }

    private static RequestStatus ToStatus(RequestReport report) => new()
    {
        RequestId = report.RequestId,
        Hash = report.Hash,
        Request = report.Request.IsEmpty ? (ReadOnlyMemory<byte>?)null : report.Request,
        Document = report.Document.IsEmpty ? (ReadOnlyMemory<byte>?)null : report.Document,
        Action = report.Action,
        Cluster = report.Cluster,
        State = report.State.Name(),
        Caller = report.Caller,
        Filed = report.Filed,
        Changed = report.Changed,
        Expires = report.Expires,
        Approvals = report.Approvers.Length,
        Approvers = report.Approvers,
        Node = report.Node,
        Signature = report.Signature is { } signature ? KeyMapping.ToStatus(signature) : null,
        Key = report.Key,
        Refusal = GridMapping.ProblemOf(report.Refusal),
        Clusters = report.Clusters.IsDefaultOrEmpty ? null : report.Clusters,
        Parts = report.Parts.IsDefaultOrEmpty
            ? null
            : [.. report.Parts.Select(part => new ClusterProgress(part.Cluster, part.Node, GridMapping.ProblemOf(part.Refusal)))],
        Session = report.Session,
        Message = report.Message is { } message ? SharedKeyMapping.ToStatus(message) : null,
        Ceremony = report.Ceremony,
    };
}
