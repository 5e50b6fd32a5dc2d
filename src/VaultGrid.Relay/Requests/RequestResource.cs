namespace VaultGrid.Relay;

/// <summary><c>/v1/requests</c></summary>
internal static class RequestResource
{
    private const string Request = "/requests/{request}";

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/requests", ListAsync).TakesQuery("after", "limit", "cluster", "state", "caller", "customer")
            .Answers<Page<RequestStatus>>("requests", "listRequests", "The request history by page, newest first.");
        v1.MapPost("/requests", (Delegate)SubmitAsync).Takes<RequestSubmission>()
            .Answers<RequestStatus>("requests", "submitRequest", "Files a request for approval. The same bytes again answer the same; other bytes under its id are refused.");
        v1.MapPost("/requests/execute-approved", (Delegate)ExecuteApprovedAsync).Takes<ApprovedSubmission>()
            .Answers<RequestStatus>("requests", "executeApproved", "Files, approves and executes in one call.");
        v1.MapGet(Request, GetAsync).Answers<RequestStatus>("requests", "getRequest", "One request.");
        v1.MapPost(Request + "/approvals", ApproveAsync).Takes<RequestApproval>()
            .Answers<RequestStatus>("requests", "approveRequest", "Adds an approval to a filed request.");
        v1.MapPost(Request + "/execute", ExecuteAsync)
            .Answers<RequestStatus>("requests", "executeRequest", "Has an approved request carried out by an enclave. Once done, it answers what came of it.");
    }

    private static Task<IResult> ListAsync(string? after, string? limit, string? cluster, string? state, string? caller, string? customer, HttpContext http) =>
        Pages.Of(after, limit, cluster, state, caller, customer).Is(out var query, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.RequestPage, (grid, cancel) => grid.ListRequestsAsync(query, cancel))
            : refusal.Problem();

    private static Task<IResult> SubmitAsync(HttpContext http) => http.AnswerAsync(
        VaultGridJson.Requests.RequestSubmission, VaultGridJson.Answers.RequestStatus, (grid, body, cancel) => grid.SubmitAsync(body, cancel));

    private static Task<IResult> ExecuteApprovedAsync(HttpContext http) => http.AnswerAsync(
        VaultGridJson.Requests.ApprovedSubmission, VaultGridJson.Answers.RequestStatus,
        (grid, body, cancel) => grid.ExecuteApprovedAsync(new RequestSubmission(body.Request, body.Document), body.Approvals, cancel));

    private static Task<IResult> GetAsync(string request, HttpContext http) =>
        Ids.Request(request).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.RequestStatus, (grid, cancel) => grid.GetRequestAsync(id, cancel))
            : refusal.Problem();

    private static Task<IResult> ApproveAsync(string request, HttpContext http) =>
        Ids.Request(request).Is(out var id, out var refusal)
            ? http.AnswerAsync(
                VaultGridJson.Requests.RequestApproval, VaultGridJson.Answers.RequestStatus, (grid, body, cancel) => grid.ApproveAsync(id, body, cancel))
            : refusal.Problem();

    private static Task<IResult> ExecuteAsync(string request, HttpContext http) =>
        Ids.Request(request).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.RequestStatus, (grid, cancel) => grid.ExecuteAsync(id, cancel))
            : refusal.Problem();
}
