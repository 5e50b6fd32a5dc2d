namespace VaultGrid.System.Tests;

/// <summary>What the demo signed, checked by libraries and programs that share no code with VaultGrid.</summary>
public sealed class IndependentTests(DemoRun demo)
{
    [Theory]
    [InlineData("signatures.mjs")]
    [InlineData("addresses.mjs")]
    [InlineData("transactions.mjs")]
    [InlineData("mine.mjs")]
    [InlineData("shared.mjs")]
    [InlineData("taproot.mjs")]
    [InlineData("domains.mjs")]
    public async Task Other_libraries_agree(string script)
    {
        var result = await NodeScripts.RunAsync(script, demo.Report);
        Assert.True(result.ExitCode == 0, $"{script}: {result.Output}{result.Error}");
    }
}
