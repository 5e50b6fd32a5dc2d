using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Client;
using VaultGrid.Client.Json;

namespace VaultGrid.Cli.Audit;

/// <summary>An exported log: JSON lines, each an object whose only member says what it is: <c>log</c>, then <c>end</c>s, then <c>entry</c> by <c>entry</c>.</summary>
internal static class AuditFile
{
    private const int LineLimit = 1 << 20;

    /// <summary>Writes an export; the file appears when it is whole.</summary>
    /// <returns>How many entries it has.</returns>
    public static async Task<ulong> WriteAsync(string path, AuditSource source)
    {
        var partial = path + ".part";
        var entries = 0ul;
        await using (var file = new StreamWriter(new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None), new UTF8Encoding(false)))
        {
            await LineAsync(file, "log", JsonSerializer.SerializeToNode(source.Log, VaultGridJson.Answers.AuditLogStatus)!);
            foreach (var end in source.Ends)
            {
                await LineAsync(file, "end", new JsonObject
                {
                    ["chain"] = end.Chain.ToString(), ["statement"] = Hex.Encode(end.Statement.Span), ["signature"] = Hex.Encode(end.Signature.Span), ["nonce"] = Hex.Encode(end.Nonce.Span),
                });
            }

            await foreach (var entry in source.Entries)
            {
                await LineAsync(file, "entry", JsonSerializer.SerializeToNode(entry, VaultGridJson.Answers.AuditEntryStatus)!);
                entries++;
            }
        }

        File.Move(partial, path, overwrite: false);
        return entries;
    }

    /// <summary>Opens an export; its entries are read as they are asked for, so that it may have any length.</summary>
    public static AuditSource Read(string path)
    {
        var ends = new List<AuditSource.SignedEnd>();
        AuditLogStatus? log = null;
        foreach (var (kind, node) in Lines(path))
        {
            if (kind == "entry") break;
            if (kind == "log") log = Value(node, VaultGridJson.Requests.AuditLogStatus, path);
            else if (kind == "end") ends.Add(End(node, path));
            else throw Damaged(path, $"a line is a '{kind}'");
        }

        return new AuditSource(log ?? throw Damaged(path, "its first line is no log"), ends, EntriesAsync(path));
    }

    private static async IAsyncEnumerable<AuditEntryStatus> EntriesAsync(string path)
    {
        var begun = false;
        foreach (var (kind, node) in Lines(path))
        {
            if (kind != "entry" && begun) throw Damaged(path, "something stands between entries");
            if (kind != "entry") continue;
            begun = true;
            yield return Value(node, VaultGridJson.Requests.AuditEntryStatus, path);
        }

        await Task.CompletedTask;
    }

    private static IEnumerable<(string Kind, JsonNode Node)> Lines(string path)
    {
        if (!File.Exists(path)) throw CommandEndedException.Usage($"there is no file {path}");
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length > LineLimit) throw Damaged(path, $"line {number} is too long");
            JsonNode? read;
            try
            {
                read = JsonNode.Parse(line, documentOptions: new JsonDocumentOptions { MaxDepth = VaultGridJson.DepthMax, AllowDuplicateProperties = false });
            }
            catch (JsonException)
            {
                throw Damaged(path, $"line {number} is no JSON");
            }

            if (read is not JsonObject { Count: 1 } single || single.First() is not { Value: { } value } member) throw Damaged(path, $"line {number} is no object of one member");
            yield return (member.Key, value);
        }
    }

    private static T Value<T>(JsonNode node, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string path)
    {
        try
        {
            return node.Deserialize(type) ?? throw Damaged(path, "a value is null");
        }
        catch (JsonException failure)
        {
            throw Damaged(path, $"a line is not what it says, at {failure.Path}");
        }
    }

    private static AuditSource.SignedEnd End(JsonNode node, string path)
    {
        if (node is JsonObject end && Hash256.TryParse(Text(end, "chain"), out var chain) && Hex.TryDecode(Text(end, "statement"), out var statement)
            && Hex.TryDecode(Text(end, "signature"), out var signature) && Hex.TryDecode(Text(end, "nonce"), out var nonce))
            return new AuditSource.SignedEnd(chain, statement, signature, nonce);
        throw Damaged(path, "an end is none");
    }

    private static string Text(JsonObject from, string name) => from[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static async Task LineAsync(StreamWriter file, string kind, JsonNode node) => await file.WriteAsync(new JsonObject { [kind] = node }.ToJsonString() + "\n");

    private static CommandEndedException Damaged(string path, string why) =>
        CommandEndedException.Refused(new Refusal(RefusalCode.AuditTampered, $"{path} is no export of an audit log any more: {why}"));
}
