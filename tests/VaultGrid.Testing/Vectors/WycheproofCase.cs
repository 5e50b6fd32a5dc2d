using System.Text.Json;

namespace VaultGrid.Testing;

/// <summary>One case of a Wycheproof file, with the group it stands in.</summary>
public sealed record WycheproofCase(JsonElement Group, JsonElement Test)
{
    /// <summary>valid, invalid or acceptable.</summary>
    public string Result => Text("result");

    public bool IsValid => Result == "valid";

    public bool HasFlag(string flag) => Test.GetProperty("flags").EnumerateArray().Any(f => f.GetString() == flag);

    public string Text(string member) => Test.GetProperty(member).GetString()!;

    public byte[] Bytes(string member) => Convert.FromHexString(Text(member));

    public override string ToString() => $"case {Test.GetProperty("tcId").GetInt32()} ({Result}; {Test.GetProperty("comment").GetString()})";
}
