using System.Text.Json.Serialization.Metadata;

namespace VaultGrid.Relay;

/// <summary>From a request to the grid's answer: the steps that all resources share.</summary>
internal static class Answering
{
    public delegate Task<Outcome<T>> Ask<T>(IVaultGrid grid, CancellationToken cancellationToken)
        where T : notnull;

    public delegate Task<Outcome<T>> Tell<in TBody, T>(IVaultGrid grid, TBody body, CancellationToken cancellationToken)
        where T : notnull;

    /// <summary>Asks the grid on behalf of the request's caller.</summary>
    public static async Task<IResult> AnswerAsync<T>(this HttpContext http, JsonTypeInfo<T> type, Ask<T> ask)
        where T : notnull
    {
        if (BodyReader.Absent(http) is { } unexpected) return new ProblemResult(unexpected);
        return Result(await ask(http.Grid(), http.RequestAborted), type);
    }

    /// <summary>Reads the body and hands it to the grid on behalf of the request's caller.</summary>
    public static async Task<IResult> AnswerAsync<TBody, T>(
        this HttpContext http, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, Tell<TBody, T> tell)
        where TBody : notnull
        where T : notnull
    {
        if (!(await BodyReader.ReadAsync(http, bodyType)).Is(out var body, out var refusal)) return new ProblemResult(refusal);
        return Result(await tell(http.Grid(), body, http.RequestAborted), type);
    }

    /// <summary>The refusal as an answer.</summary>
    public static Task<IResult> Problem(this Refusal refusal) => Task.FromResult<IResult>(new ProblemResult(refusal));

    private static IResult Result<T>(Outcome<T> outcome, JsonTypeInfo<T> type)
        where T : notnull =>
        outcome.Is(out var value, out var refusal) ? Results.Json(value, type) : new ProblemResult(refusal);

    // Without a verified caller there is no grid: a resource that was mapped past the check fails closed.
    private static IVaultGrid Grid(this HttpContext http) => http.RequestServices.GetRequiredService<IVaultGridProvider>().For(
        http.Features.Get<Caller>() ?? throw new InvalidOperationException("No caller was verified for this request."));
}
