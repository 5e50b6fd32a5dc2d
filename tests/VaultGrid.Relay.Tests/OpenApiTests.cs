using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>The OpenAPI document says what is served, and changes only on purpose.</summary>
public sealed class OpenApiTests(RelayFixture fixture) : IClassFixture<RelayFixture>
{
    private static string Frozen => Path.Combine(AppContext.BaseDirectory, "Json", "openapi-v1.json");

    [Fact]
    public async Task It_lists_every_route_and_no_other()
    {
        using var document = JsonDocument.Parse(await ReadAsync());
        var described = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));
        var served = fixture.Relay.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        Assert.Equal(served.Order(), described.Order());
        Assert.Equal(typeof(IVaultGrid).GetMethods().Count(method => !method.IsSpecialName) + typeof(ITrustGrid).GetMethods().Length + typeof(ISharedKeyGrid).GetMethods().Length + typeof(IClusterDoors).GetMethods().Length + 1, // holders and holders-now
             described.Count());
    }

    [Fact]
    public async Task It_is_the_frozen_one()
    {
        var now = await ReadAsync();
        if (Environment.GetEnvironmentVariable("VAULTGRID_FREEZE") is { Length: > 0 } folder) await File.WriteAllTextAsync(Path.Combine(folder, "openapi-v1.json"), now + "\n");
        Assert.Equal((await File.ReadAllTextAsync(Frozen)).TrimEnd(), now);
    }

    private async Task<string> ReadAsync()
    {
        using var http = fixture.Relay.Raw();
        return (await http.GetStringAsync("/openapi/v1.json")).TrimEnd();
    }
}
