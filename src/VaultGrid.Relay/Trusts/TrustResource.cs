namespace VaultGrid.Relay;

/// <summary><c>/v1/trusts</c></summary>
internal static class TrustResource
{
    private const string Trust = "/trusts/{trust}";

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/trusts", ListAsync).TakesQuery("after", "limit", "chain", "state", "operator")
            .Answers<Page<TrustStatus>>("trusts", "listTrusts", "Trusts by page, newest first: unsigned, signed, of a chain, of an operator.");
        v1.MapPost("/trusts", (Delegate)FileAsync).Takes<TrustSubmission>()
            .Answers<TrustStatus>("trusts", "fileTrust", "Files an unsigned Trust. Filing it again adds the signatures that are new.");
        v1.MapPost("/trusts/verify", (Delegate)VerifyAsync).Takes<DocumentSubmission>()
            .Answers<DocumentVerdict>("trusts", "verifyTrust", "Verifies a Trust's signatures, with the chain that the grid knows before it.");
        v1.MapGet(Trust, GetAsync).Answers<TrustStatus>("trusts", "getTrust", "One Trust with its document and signatures.");
        v1.MapPost(Trust + "/signatures", SignAsync).Takes<TrustSignature>()
            .Answers<TrustStatus>("trusts", "signTrust", "Adds an operator's signature to an unsigned Trust.");
        v1.MapPost(Trust + "/approval", ApproveAsync).Takes<TrustApproval>()
            .Answers<TrustStatus>("trusts", "approveTrust", "Adds the administrators' approved request to a Bootstrap Trust or its successor.");
        v1.MapPost(Trust + "/seal", SealAsync).Takes<TrustSealing>()
            .Answers<TrustStatus>("trusts", "sealTrust", "Has an HSM sign the Trust. One follows another; once it is signed, it answers the signed Trust.");
    }

    private static Task<IResult> ListAsync(string? after, string? limit, string? chain, string? state, string? @operator, HttpContext http) =>
        TrustPages.Of(after, limit, chain, state, @operator).Is(out var query, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.TrustPage, (grid, cancel) => grid.Trusts.ListTrustsAsync(query, cancel))
            : refusal.Problem();

    private static Task<IResult> FileAsync(HttpContext http) => http.AnswerAsync(
        VaultGridJson.Requests.TrustSubmission, VaultGridJson.Answers.TrustStatus, (grid, body, cancel) => grid.Trusts.FileTrustAsync(body, cancel));

    private static Task<IResult> VerifyAsync(HttpContext http) => http.AnswerAsync(
        VaultGridJson.Requests.DocumentSubmission, VaultGridJson.Answers.DocumentVerdict, (grid, body, cancel) => grid.Trusts.VerifyTrustAsync(body, cancel));

    private static Task<IResult> GetAsync(string trust, HttpContext http) =>
        Ids.Trust(trust).Is(out var hash, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.TrustStatus, (grid, cancel) => grid.Trusts.GetTrustAsync(hash, cancel))
            : refusal.Problem();

    private static Task<IResult> SignAsync(string trust, HttpContext http) =>
        Ids.Trust(trust).Is(out var hash, out var refusal)
            ? http.AnswerAsync(
                VaultGridJson.Requests.TrustSignature, VaultGridJson.Answers.TrustStatus, (grid, body, cancel) => grid.Trusts.SignTrustAsync(hash, body, cancel))
            : refusal.Problem();

    private static Task<IResult> ApproveAsync(string trust, HttpContext http) =>
        Ids.Trust(trust).Is(out var hash, out var refusal)
            ? http.AnswerAsync(
                VaultGridJson.Requests.TrustApproval, VaultGridJson.Answers.TrustStatus, (grid, body, cancel) => grid.Trusts.ApproveTrustAsync(hash, body, cancel))
            : refusal.Problem();

    private static Task<IResult> SealAsync(string trust, HttpContext http) =>
        Ids.Trust(trust).Is(out var hash, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Requests.TrustSealing, VaultGridJson.Answers.TrustStatus, (grid, body, cancel) => grid.Trusts.SealTrustAsync(hash, body, cancel))
            : refusal.Problem();
}
