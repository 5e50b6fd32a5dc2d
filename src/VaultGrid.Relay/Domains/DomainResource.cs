namespace VaultGrid.Relay;

/// <summary><c>/v1/domains</c></summary>
internal static class DomainResource
{
    private const string Domain = "/domains/{domain}";

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/domains", ListAsync).TakesQuery("after", "limit", "chain", "owner", "below")
            .Answers<Page<DomainStatus>>("domains", "listDomains", "Domains by page, in the order in which they came: of a chain, of an owner, or under a Trust below a number.");
        v1.MapPost("/domains", (Delegate)StoreAsync).Takes<DocumentSubmission>()
            .Answers<DomainStatus>("domains", "storeDomain", "Stores a Domain's document that was made elsewhere, or a newer revision of one.");
        v1.MapPost("/domains/verify", (Delegate)VerifyAsync).Takes<DocumentSubmission>()
            .Answers<DocumentVerdict>("domains", "verifyDomain", "Verifies a Domain's signatures: its seal, its Trust, and the chain before that.");
        v1.MapGet(Domain, GetAsync).Answers<DomainStatus>("domains", "getDomain", "One Domain with its document.");
        v1.MapPost(Domain + "/calls", CallAsync).Takes<DomainCall>()
            .Answers<DomainAnswer>("domains", "callDomain", "Carries a caller's signed call to an HSM; new revisions are stored before they are answered.");
        v1.MapPost(Domain + "/retire", RetireAsync).Takes<DomainCall>()
            .Answers<DomainStatus>("domains", "retireDomain", "Has the grid serve the Domain no more.");
    }

    private static Task<IResult> ListAsync(string? after, string? limit, string? chain, string? owner, string? below, HttpContext http) =>
        TrustPages.OfDomains(after, limit, chain, owner, below).Is(out var query, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.DomainPage, (grid, cancel) => grid.Trusts.ListDomainsAsync(query, cancel))
            : refusal.Problem();

    private static Task<IResult> StoreAsync(HttpContext http) => http.AnswerAsync(
        VaultGridJson.Requests.DocumentSubmission, VaultGridJson.Answers.DomainStatus, (grid, body, cancel) => grid.Trusts.StoreDomainAsync(body, cancel));

    private static Task<IResult> VerifyAsync(HttpContext http) => http.AnswerAsync(
        VaultGridJson.Requests.DocumentSubmission, VaultGridJson.Answers.DocumentVerdict, (grid, body, cancel) => grid.Trusts.VerifyDomainAsync(body, cancel));

    private static Task<IResult> GetAsync(string domain, HttpContext http) =>
        Ids.Domain(domain).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Answers.DomainStatus, (grid, cancel) => grid.Trusts.GetDomainAsync(id, cancel))
            : refusal.Problem();

    private static Task<IResult> CallAsync(string domain, HttpContext http) =>
        Ids.Domain(domain).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Requests.DomainCall, VaultGridJson.Answers.DomainAnswer, (grid, body, cancel) => grid.Trusts.CallDomainAsync(id, body, cancel))
            : refusal.Problem();

    private static Task<IResult> RetireAsync(string domain, HttpContext http) =>
        Ids.Domain(domain).Is(out var id, out var refusal)
            ? http.AnswerAsync(VaultGridJson.Requests.DomainCall, VaultGridJson.Answers.DomainStatus, (grid, body, cancel) => grid.Trusts.RetireDomainAsync(id, body, cancel))
            : refusal.Problem();
}
