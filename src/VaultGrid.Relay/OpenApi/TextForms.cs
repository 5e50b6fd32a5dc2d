using Microsoft.OpenApi;

namespace VaultGrid.Relay;

/// <summary>The forms of values that are strings in JSON, which the framework can't know.</summary>
internal static class TextForms
{
    public static void Describe(OpenApiSchema schema, Type type)
    {
        var inner = Nullable.GetUnderlyingType(type);
        if (Pattern(inner ?? type) is not { } form) return;

        schema.Type = inner is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        schema.Pattern = form.Pattern;
        schema.Description ??= form.Description;
    }

    private static (string Pattern, string Description)? Pattern(Type type) =>
        type == typeof(ReadOnlyMemory<byte>) ? ("^0x([0-9a-f]{2})*$", "A byte string: lower-case hex with 0x.")
        : type == typeof(Hash256) ? ("^0x[0-9a-f]{64}$", "A hash of 32 bytes.")
        : type == typeof(ClusterId) ? ("^[1-9][0-9]*$", "A cluster's number.")
        : type == typeof(NodeId) ? ("^[1-9][0-9]*/[1-9][0-9]*$", "A node: cluster/node.")
        : type == typeof(KeyId) ? ("^[a-z][a-z0-9-]{0,63}$", "A key id.")
        : type == typeof(RequestId) ? ("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "A request id.")
        : type == typeof(DateTimeOffset) ? (@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]{1,7})?Z$", "A time, RFC 3339 in UTC.")
        : null;
}
