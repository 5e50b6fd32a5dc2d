using VaultGrid.Testing;

namespace VaultGrid.Cli.Tests.Scripts;

public sealed class GridScriptTests(LiveGrid live)
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Repository.PathOf("tests", "VaultGrid.Cli.Tests", "testdata", "grid"), "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Theory, MemberData(nameof(Names))]
    public Task Script_does_what_it_says(string name) =>
        ScriptRun.CheckAsync(Repository.PathOf("tests", "VaultGrid.Cli.Tests", "testdata", "grid", name + ".txt"), GridEnvironment.Of(live.Grid));
}
