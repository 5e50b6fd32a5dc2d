namespace VaultGrid.Crypto.Tests;

public sealed class DerivationPathTests
{
    [Theory]
    [InlineData("m"), InlineData("m/0"), InlineData("m/44'/60'/0'/0/5"), InlineData("m/2147483647'/2147483647"), InlineData("m/0/1/2/3/4/5/6/7/8/9")]
    public void A_path_is_written_as_it_is_read(string text)
    {
        var path = DerivationPath.Parse(text).Value;
        Assert.Equal(text, path.ToString());
        Assert.Equal(path, new DerivationPath(path.Steps));
        Assert.Equal(path.GetHashCode(), DerivationPath.Parse(text).Value.GetHashCode());
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("/"), InlineData("m/"), InlineData("M"), InlineData("m//0"), InlineData("m/0/"), InlineData("0/1")]
    [InlineData("m/00"), InlineData("m/01"), InlineData("m/-1"), InlineData("m/+1"), InlineData("m/ 1"), InlineData("m/1 "), InlineData("m/0x1"), InlineData("m/1h")]
    [InlineData("m/1H"), InlineData("m/1''"), InlineData("m/'"), InlineData("m/2147483648"), InlineData("m/4294967296"), InlineData("m/99999999999")]
    [InlineData("m/0/1/2/3/4/5/6/7/8/9/10"), InlineData("m/\u0661"), InlineData("m/1\u2019"), InlineData("m\0")]
    public void Any_other_text_is_refused(string? text) =>
        Assert.Equal(RefusalCode.InputMalformed, DerivationPath.Parse(text).Refusal?.Code);

    [Fact]
    public void Hardened_steps_are_seen()
    {
        Assert.True(DerivationPath.Parse("m/0/1'").Value.HasHardenedSteps);
        Assert.False(DerivationPath.Parse("m/0/1").Value.HasHardenedSteps);
    }

    [Theory]
    [InlineData("m/44'/60'/0'/0/5", "m/44'/60'", true)]
    [InlineData("m/44'/60'", "m/44'/60'", true)]
    [InlineData("m/44'/60'", "m", true)]
    [InlineData("m/44'/60'", "m/44'/60'/0'", false)]
    [InlineData("m/44/60'", "m/44'", false)]
    public void A_path_starts_with_its_ancestors(string path, string ancestor, bool expected) =>
        Assert.Equal(expected, DerivationPath.Parse(path).Value.StartsWith(DerivationPath.Parse(ancestor).Value));

    [Fact]
    public void A_child_is_one_step_deeper() =>
        Assert.Equal("m/84'/7", DerivationPath.Master.Child(84 | DerivationPath.Hardened).Child(7).ToString());
}
