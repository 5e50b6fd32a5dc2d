using System.Globalization;
using System.Text.Json;
using VaultGrid.Client.Json;
using VaultGrid.Enclave.Tests.Fuzz;
using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>Bytes that nobody meant, as bodies of every message of the REST interface: read, or refused as no such JSON, and what was read is written the same again.</summary>
public sealed class JsonFuzzTests(ITestOutputHelper output)
{
    private const int UsualInputs = 400;

    [Fact]
    public void No_body_breaks_a_message()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("VAULTGRID_FUZZ_SEED"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? given : Environment.TickCount;
        output.WriteLine($"seed {seed}");
        foreach (var type in Messages())
        {
            var target = new FuzzTarget($"json.{type.Name}", bytes => Way(type, bytes));
            new FuzzRun(target, [Sample(nameof(Filled.Of), type), Sample(nameof(Filled.Sparse), type)], seed).Go(UsualInputs);
        }
    }

    private static IEnumerable<Type> Messages() => typeof(VaultGridJson).GetCustomAttributesData()
        .Where(attribute => attribute.AttributeType == typeof(System.Text.Json.Serialization.JsonSerializableAttribute))
        .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!);

    private static byte[] Sample(string how, Type type) =>
        JsonSerializer.SerializeToUtf8Bytes(typeof(Filled).GetMethod(how)!.MakeGenericMethod(type).Invoke(null, []), VaultGridJson.Requests.GetTypeInfo(type)!);

    private static string Way(Type type, byte[] bytes)
    {
        var info = VaultGridJson.Requests.GetTypeInfo(type)!;
        object? value;
        try
        {
            value = JsonSerializer.Deserialize(bytes, info);
        }
        catch (JsonException refused)
        {
            return refused.Path ?? "no JSON";
        }

        if (value is null) return "null";
        var written = JsonSerializer.SerializeToUtf8Bytes(value, info);
        return written.AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(written, info), info))
            ? "read"
            : throw new DefectException("what was read is not written the same twice");
    }
}
