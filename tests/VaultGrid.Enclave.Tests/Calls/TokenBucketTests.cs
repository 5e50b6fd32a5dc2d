namespace VaultGrid.Enclave.Tests;

/// <summary>A burst, then a steady rate, and never more than a burst again.</summary>
public sealed class TokenBucketTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_burst_goes_through_and_then_so_many_each_second()
    {
        var bucket = new TokenBucket(_time, 3, 2);
        Assert.Equal(3, Taken(bucket));
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(bucket.TryTake());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(bucket.TryTake());
        Assert.False(bucket.TryTake());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Taken(bucket));
    }

    [Fact]
    public void Rest_gives_no_more_than_a_burst()
    {
        var bucket = new TokenBucket(_time, 3, 2);
        Assert.True(bucket.TryTake());
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(3, Taken(bucket));
    }

    private static int Taken(TokenBucket bucket)
    {
        var taken = 0;
        while (bucket.TryTake()) taken++;
        return taken;
    }
}
