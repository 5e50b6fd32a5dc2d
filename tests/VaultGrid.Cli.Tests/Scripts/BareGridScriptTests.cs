using VaultGrid.Testing;

namespace VaultGrid.Cli.Tests.Scripts;

public sealed class BareGridScriptTests(BareGrid bare) : IClassFixture<BareGrid>
{
    [Fact]
    public Task A_ceremony_by_hand_does_what_it_says() => ScriptRun.CheckAsync(
        Repository.PathOf("tests", "VaultGrid.Cli.Tests", "testdata", "bare", "ceremony.txt"), GridEnvironment.Of(bare.Grid));
}
