namespace VaultGrid.Relay.Tests;

/// <summary>When a call is made again, and after which wait.</summary>
public sealed class RetryPlanTests
{
    private static readonly VaultGridClientOptions Options = new() { Address = new Uri("https://localhost"), Retries = 4 };
    private static readonly RetryPlan Plan = new(Options);
    private static readonly Refusal Busy = new(RefusalCode.EnclaveBusy, "busy");

    [Fact]
    public void The_wait_is_drawn_below_a_ceiling_that_doubles()
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var ceiling = Options.RetryDelay * Math.Pow(2, attempt);
            var waits = Enumerable.Range(0, 200).Select(_ => Plan.Wait(Busy, attempt, mayRepeat: true, asked: null)!.Value).ToArray();
            Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.Zero, ceiling));
            Assert.True(waits.Distinct().Count() > 1, "every wait was the same");
        }
    }

    [Fact]
    public void What_the_grid_asks_for_is_the_least() =>
        Assert.True(Plan.Wait(Busy, 0, mayRepeat: true, TimeSpan.FromSeconds(3)) >= TimeSpan.FromSeconds(3));

    [Fact]
    public void Nobody_waits_longer_than_he_said_he_would() => Assert.Null(Plan.Wait(Busy, 0, mayRepeat: true, TimeSpan.FromSeconds(11)));

    [Fact]
    public void So_many_attempts_and_no_more() => Assert.Null(Plan.Wait(Busy, 4, mayRepeat: true, asked: null));

    [Fact]
    public void What_must_not_be_repeated_is_not() => Assert.Null(Plan.Wait(Busy, 0, mayRepeat: false, asked: null));

    public static TheoryData<RefusalCode> Codes => [.. Enum.GetValues<RefusalCode>()];

    [Theory, MemberData(nameof(Codes))]
    public void Only_what_may_go_through_later_is_tried_again(RefusalCode code) =>
        Assert.Equal(code.IsRetriable(), Plan.Wait(new Refusal(code, ""), 0, mayRepeat: true, asked: null) is not null);
}
