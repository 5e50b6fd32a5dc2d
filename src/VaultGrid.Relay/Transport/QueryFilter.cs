namespace VaultGrid.Relay;

/// <summary>Refuses members of a query that a resource doesn't have, and those that stand twice: a misspelt filter must not list everything.</summary>
internal sealed class QueryFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var known = http.GetEndpoint()?.Metadata.GetMetadata<QueryMembers>()?.Names ?? [];
        foreach (var (name, values) in http.Request.Query)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                return new ProblemResult(new Refusal(RefusalCode.PageInvalid, known.Count == 0 ? "this resource takes no query" : $"a query has the members {string.Join(", ", known)}"));
            if (values.Count != 1) return new ProblemResult(new Refusal(RefusalCode.PageInvalid, $"{name} stands twice in the query"));
        }

        return await next(context);
    }
}

/// <summary>The members that the query of a resource may have.</summary>
internal sealed record QueryMembers(IReadOnlyList<string> Names);
