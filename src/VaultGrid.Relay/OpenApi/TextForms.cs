using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace VaultGrid.Relay;

/// <summary>The forms of values that are strings in JSON, which the framework can't know.</summary>
internal static class TextForms
{
    public static void Describe(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (Form(type.Type) is { } form) Describe(schema, form);
        if (type.Kind == JsonTypeInfoKind.Enumerable && type.ElementType is { } element && Form(element) is { } each)
        {
            var item = new OpenApiSchema();
            Describe(item, each);
            schema.Items = item;
        }
    }

    /// <summary>A form says what a value looks like; whether it may be null is its place's to say.</summary>
    public static void AllowNull(OpenApiDocument document)
    {
        foreach (var owner in document.Components?.Schemas?.Values ?? [])
        {
            foreach (var (name, member) in owner.Properties ?? new Dictionary<string, IOpenApiSchema>())
            {
                if (member is OpenApiSchema { Pattern: not null } own && owner.Required?.Contains(name) != true) own.Type |= JsonSchemaType.Null;
            }
        }
    }

    private static void Describe(OpenApiSchema schema, (string Pattern, string Description) form)
    {
        schema.Type = JsonSchemaType.String;
        schema.Pattern = form.Pattern;
        schema.Description ??= form.Description;
    }

    private static (string Pattern, string Description)? Form(Type nullable) => Of(Nullable.GetUnderlyingType(nullable) ?? nullable);

    private static (string Pattern, string Description)? Of(Type type) =>
        type == typeof(ReadOnlyMemory<byte>) ? ("^0x([0-9a-f]{2})*$", "A byte string: lower-case hex with 0x.")
        : type == typeof(Hash256) ? ("^0x[0-9a-f]{64}$", "A hash of 32 bytes.")
        : type == typeof(ClusterId) ? ("^[1-9][0-9]*$", "A cluster's number.")
        : type == typeof(NodeId) ? ("^[1-9][0-9]*/[1-9][0-9]*$", "A node: cluster/node.")
        : type == typeof(KeyId) ? ("^[a-z][a-z0-9-]{0,63}$", "A key id.")
        : type == typeof(RequestId) ? ("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "A request id.")
        : type == typeof(TrustId) ? ("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "A chain's id.")
        : type == typeof(DomainId) ? ("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "A Domain's id.")
        : type == typeof(DateTimeOffset) ? (@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]{1,7})?Z$", "A time, RFC 3339 in UTC.")
        : null;
}
