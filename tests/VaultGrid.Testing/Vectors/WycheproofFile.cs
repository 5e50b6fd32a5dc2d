using Xunit;

namespace VaultGrid.Testing;

/// <summary>One file of Wycheproof, read wholly: every case of every group, and as many as the file says there are.</summary>
public static class WycheproofFile
{
    /// <summary>Runs a check on each case and collects the failures, so that one run names them all.</summary>
    /// <param name="name">Such as <c>aes_gcm_test.json</c>.</param>
    /// <param name="check">Answers null, or what is wrong.</param>
    public static void RunAll(string name, Func<WycheproofCase, string?> check)
    {
        using var file = PublicVectors.Json($"wycheproof/{name}");
        var declared = file.RootElement.GetProperty("numberOfTests").GetInt32();
        var failures = new List<string>();
        var ran = 0;
        foreach (var group in file.RootElement.GetProperty("testGroups").EnumerateArray())
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var vector = new WycheproofCase(group, test);
                if (check(vector) is { } wrong) failures.Add($"{vector}: {wrong}");
                ran++;
            }

        Assert.True(ran > 0 && ran == declared, $"{name} declares {declared} cases, {ran} ran.");
        Assert.Empty(failures);
    }
}
