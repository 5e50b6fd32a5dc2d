namespace VaultGrid.Engine.Tests.Contracts;

/// <summary>Orleans's own generator refuses some of these mistakes, so they exist in the embedded build only.</summary>
public sealed class ContractMistakeTests
{
    [Theory]
    [InlineData("grain interface without [Alias]: VaultGrid.Engine.Tests.Contracts.IMistakeGrain")]
    [InlineData("'vg.test.mistake.twice' is used twice")]
    [InlineData("IMistakeGrain.Second returns neither Task nor ValueTask")]
    [InlineData("IMistakeGrain.First has a ref or out parameter")]
    [InlineData("IMistakeGrain.Second is generic")]
    [InlineData("UncodedMistake has no codec")]
    [InlineData("MistakenMessage: [Id(0)] is used by First and Second")]
    [InlineData("MistakenMessage.Third has no [Id]")]
    [InlineData("MistakenMessage has no [Alias]")]
    [InlineData("MistakenGrain.Interleaved: [AlwaysInterleave] belongs on the interface")]
    [InlineData("NumberedMistake.None is static and has an [Id]")]
    [InlineData("MistakenGrain names a store for 'mistake'")]
    [InlineData("state name 'mistake' is used by MistakenGrain and OtherMistakenGrain")]
    [InlineData("UnannotatedException has no codec")]
    public void The_rules_notice_every_kind_of_mistake(string mistake) => Assert.Contains(
        new ContractRules([typeof(ContractMistakeTests).Assembly]).Check(everyCallCanBeCancelled: false),
        violation => violation.Contains(mistake, StringComparison.Ordinal));
}
