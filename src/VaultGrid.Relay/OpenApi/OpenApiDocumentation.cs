using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace VaultGrid.Relay;

/// <summary>The OpenAPI document: the same for everyone who asks, whatever host it is asked from.</summary>
internal static class OpenApiDocumentation
{
    public static IServiceCollection AddVaultGridOpenApi(this IServiceCollection services)
    {
        // Schemas are derived from the web framework's own JSON options: they have to be ours.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, VaultGridJson.Requests);
            foreach (var converter in VaultGridJson.Requests.Options.Converters) json.SerializerOptions.Converters.Add(converter);
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
        return services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = type => type.Type == typeof(ReadOnlyMemory<byte>) ? "Bytes" : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "VaultGrid",
                    Version = "v1",
                    Description = "Byte strings are lower-case hex with 0x. Refusals are RFC 9457 problem details with a stable code. Callers present a client certificate (TLS 1.3).",
                };
                document.Servers = [];
                TextForms.AllowNull(document);
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                TextForms.Describe(schema, context.JsonTypeInfo);
                return Task.CompletedTask;
            });
        });
    }
}
