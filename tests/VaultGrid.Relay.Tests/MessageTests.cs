using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Client.Json;
using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>The JSON of every message: frozen, strict where it comes in, patient with newer grids where it comes back.</summary>
public sealed class MessageTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Every_message_is_written_as_it_always_was()
    {
        var now = new JsonObject();
        foreach (var type in Messages()) now[Name(type)] = JsonNode.Parse(JsonSerializer.Serialize(Fill(type), VaultGridJson.Requests.GetTypeInfo(type)!));

        var text = now.ToJsonString(Readable);
        if (Environment.GetEnvironmentVariable("VAULTGRID_FREEZE") is { Length: > 0 } folder) await File.WriteAllTextAsync(Path.Combine(folder, "messages-v1.json"), text + "\n");
        Assert.Equal((await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Json", "messages-v1.json"))).TrimEnd(), text);
    }

    [Fact]
    public void A_member_that_a_newer_grid_has_added_is_skipped_in_answers_and_refused_in_requests()
    {
        Assert.All(Messages(), type =>
        {
            var newer = JsonNode.Parse(JsonSerializer.Serialize(Fill(type), VaultGridJson.Answers.GetTypeInfo(type)!))!.AsObject();
            newer["addedLater"] = new JsonObject { ["x"] = 1 };
            Same.Assert(Fill(type), JsonSerializer.Deserialize(newer.ToJsonString(), VaultGridJson.Answers.GetTypeInfo(type)!));
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(newer.ToJsonString(), VaultGridJson.Requests.GetTypeInfo(type)!));
        });
    }

    [Fact]
    public void A_member_that_must_be_there_is_missed()
    {
        Assert.All(Messages(), type =>
        {
            var bare = JsonNode.Parse(JsonSerializer.Serialize(Sparse(type), VaultGridJson.Answers.GetTypeInfo(type)!))!.AsObject();
            foreach (var member in bare.Where(member => member.Value is not null and not JsonArray).Select(member => member.Key).ToArray())
            {
                var without = bare.DeepClone().AsObject();
                without.Remove(member);
                Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(without.ToJsonString(), VaultGridJson.Answers.GetTypeInfo(type)!));
            }
        });
    }

    private static IEnumerable<Type> Messages() => typeof(VaultGridJson).GetCustomAttributesData()
        .Where(attribute => attribute.AttributeType == typeof(System.Text.Json.Serialization.JsonSerializableAttribute))
        .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!);

    private static string Name(Type type) => type.IsGenericType ? $"Page of {type.GetGenericArguments()[0].Name}" : type.Name;

    private static object Fill(Type type) => typeof(Filled).GetMethod(nameof(Filled.Of))!.MakeGenericMethod(type).Invoke(null, [])!;

    private static object Sparse(Type type) => typeof(Filled).GetMethod(nameof(Filled.Sparse))!.MakeGenericMethod(type).Invoke(null, [])!;
}
