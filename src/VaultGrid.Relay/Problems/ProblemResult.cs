using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace VaultGrid.Relay;

/// <summary>A refusal as an HTTP answer: problem details with the stable code, and when to come back where that helps.</summary>
internal sealed class ProblemResult(Refusal refusal, TimeSpan? retryAfter = null, int? status = null) : IResult
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status ?? ProblemStatus.Of(refusal.Code);
        response.ContentType = ProblemDetails.MediaType;
        response.Headers.CacheControl = "no-store";
        if (refusal.Code == RefusalCode.CallerUnauthenticated) response.Headers.WWWAuthenticate = "ClientCertificate";
        if (refusal.Code.IsRetriable())
        {
            var seconds = Math.Max(1, Math.Ceiling((retryAfter ?? SoonAgain).TotalSeconds));
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        RelayInstruments.OnRefused(refusal.Code);
        var name = refusal.Code.Name();
        Activity.Current?.SetTag("vaultgrid.refusal", name);
        var details = new ProblemDetails(
            ProblemDetails.TypePrefix + name, ReasonPhrases.GetReasonPhrase(response.StatusCode), response.StatusCode, refusal.Detail, name);
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(details, VaultGridJson.Answers.ProblemDetails), httpContext.RequestAborted);
    }
}
