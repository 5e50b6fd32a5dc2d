using System.Text.Json;

namespace VaultGrid.Crypto.Tests;

/// <summary>The cases of one file of tests/vectors, which other libraries made (its README says which).</summary>
internal static class GeneratedVectors
{
    public static IReadOnlyList<JsonElement> Read(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "vectors", name + ".json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var cases = document.RootElement.GetProperty("cases").EnumerateArray().Select(c => c.Clone()).ToArray();
        Assert.NotEmpty(cases);
        return cases;
    }

    public static string Text(this JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    public static byte[] Bytes(this JsonElement vector, string name) => Convert.FromHexString(vector.Text(name).AsSpan(2));

    public static bool IsNull(this JsonElement vector, string name) => vector.GetProperty(name).ValueKind == JsonValueKind.Null;
}
