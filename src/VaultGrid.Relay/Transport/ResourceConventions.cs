namespace VaultGrid.Relay;

/// <summary>What every resource says of itself in the OpenAPI document.</summary>
internal static class ResourceConventions
{
    private static readonly int[] Problems =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound,
        StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests,
        StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable,
    ];

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder resource, string tag, string name, string summary)
    {
        resource.WithTags(tag).WithName(name).WithSummary(summary).Produces<T>();
        foreach (var status in Problems) resource.Produces<ProblemDetails>(status, ProblemDetails.MediaType);
        return resource;
    }

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder resource)
        where T : notnull =>
        resource.Accepts<T>("application/json")
            .Produces<ProblemDetails>(StatusCodes.Status408RequestTimeout, ProblemDetails.MediaType)
            .Produces<ProblemDetails>(StatusCodes.Status413PayloadTooLarge, ProblemDetails.MediaType)
            .Produces<ProblemDetails>(StatusCodes.Status415UnsupportedMediaType, ProblemDetails.MediaType);

    public static RouteHandlerBuilder TakesQuery(this RouteHandlerBuilder resource, params string[] members) => resource.WithMetadata(new QueryMembers(members));
}
