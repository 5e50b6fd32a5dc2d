using VaultGrid.Testing;

namespace VaultGrid.Cli.Tests.Scripts;

public sealed class OfflineScriptTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Repository.PathOf("tests", "VaultGrid.Cli.Tests", "testdata", "offline"), "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Theory, MemberData(nameof(Names))]
    public Task Script_does_what_it_says(string name) =>
        ScriptRun.CheckAsync(Repository.PathOf("tests", "VaultGrid.Cli.Tests", "testdata", "offline", name + ".txt"));
}
