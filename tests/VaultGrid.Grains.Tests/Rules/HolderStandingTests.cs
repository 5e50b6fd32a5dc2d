using VaultGrid.Grains.SharedKeys;

namespace VaultGrid.Grains.Tests.Rules;

public sealed class HolderStandingTests
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(3);

    [Fact]
    public void Holders_that_answer_at_once_are_waited_for_as_long_as_configured()
    {
        var standing = new HolderStanding(TimeProvider.System);
        Assert.Equal(Least, standing.Patience(Least, Most));
        for (var i = 0; i < 100; i++) standing.Took(TimeSpan.FromMilliseconds(2));
        Assert.Equal(Least, standing.Patience(Least, Most));
    }

    [Fact]
    public void Where_everybody_is_slow_they_are_waited_for_longer_but_not_for_ever()
    {
        var standing = new HolderStanding(TimeProvider.System);
        for (var i = 0; i < 100; i++) standing.Took(TimeSpan.FromMilliseconds(400));
        Assert.InRange(standing.Patience(Least, Most), TimeSpan.FromMilliseconds(1500), TimeSpan.FromMilliseconds(1600));
        for (var i = 0; i < 100; i++) standing.Took(TimeSpan.FromSeconds(20));
        Assert.Equal(Most, standing.Patience(Least, Most));
    }

    [Fact]
    public void The_load_is_forgotten_once_it_is_over()
    {
        var standing = new HolderStanding(TimeProvider.System);
        for (var i = 0; i < 100; i++) standing.Took(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 100; i++) standing.Took(TimeSpan.FromMilliseconds(2));
        Assert.Equal(Least, standing.Patience(Least, Most));
    }
}
