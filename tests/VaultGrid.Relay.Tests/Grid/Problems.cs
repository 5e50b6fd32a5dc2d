using System.Net;
using System.Text.Json;

namespace VaultGrid.Relay.Tests.Grid;

/// <summary>What a refusal over HTTP must look like, whoever made it.</summary>
internal static class Problems
{
    public static async Task<string> AssertAsync(HttpResponseMessage response, HttpStatusCode status, RefusalCode code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}, not {(int)status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);

        using var json = JsonDocument.Parse(text);
        var problem = json.RootElement;
        Assert.Equal(code.Name(), problem.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal("urn:vaultgrid:problem:" + code.Name(), problem.GetProperty("type").GetString());
        Assert.Equal(code.IsRetriable(), response.Headers.RetryAfter is not null);

        var detail = problem.GetProperty("detail").GetString()!;
        Assert.DoesNotContain("Exception", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("VaultGrid.", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", detail, StringComparison.Ordinal);
        return detail;
    }
}
