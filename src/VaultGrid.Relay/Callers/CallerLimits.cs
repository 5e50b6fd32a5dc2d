using System.Threading.RateLimiting;

namespace VaultGrid.Relay;

/// <summary>
/// How much is admitted: at once and by rate for each caller (<c>caller.rate</c>), and at once for all (<c>grid.overloaded</c>). Nothing is queued:
/// whoever is too much is told so at once, with a time to come back.
/// </summary>
internal sealed class CallerLimits : IDisposable
{
    private readonly ConcurrencyLimiter _all;
    private readonly PartitionedRateLimiter<string> _rate;
    private readonly PartitionedRateLimiter<string> _atOnce;

    public CallerLimits(RelayLimits limits)
    {
        _all = new(new ConcurrencyLimiterOptions { PermitLimit = limits.ConcurrentRequests, QueueLimit = 0 });
        _rate = PartitionedRateLimiter.Create<string, string>(account => RateLimitPartition.GetTokenBucketLimiter(account, _ => new()
        {
            TokenLimit = limits.BurstPerCaller,
            TokensPerPeriod = limits.RequestsPerSecondPerCaller,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));
        _atOnce = PartitionedRateLimiter.Create<string, string>(account => RateLimitPartition.GetConcurrencyLimiter(account, _ => new()
        {
            PermitLimit = limits.ConcurrentRequestsPerCaller,
            QueueLimit = 0,
        }));
    }

    public Admission Admit(Caller caller)
    {
        var account = caller.ToString();
        var rate = _rate.AttemptAcquire(account);
        if (!rate.IsAcquired)
        {
            var after = rate.TryGetMetadata(MetadataName.RetryAfter, out var asked) ? asked : TimeSpan.FromSeconds(1);
            rate.Dispose();
            return new Admission(new Refusal(RefusalCode.CallerRate, "this caller asks faster than it may: wait as Retry-After says"), after);
        }

        rate.Dispose();
        var own = _atOnce.AttemptAcquire(account);
        if (!own.IsAcquired)
        {
            own.Dispose();
            return new Admission(new Refusal(RefusalCode.CallerRate, "this caller has too many requests under way: wait for some to end"), TimeSpan.FromSeconds(1));
        }

        var all = _all.AttemptAcquire();
        if (all.IsAcquired) return new Admission(own, all);

        all.Dispose();
        own.Dispose();
        return new Admission(new Refusal(RefusalCode.GridOverloaded, "the relay has as many requests under way as it takes: come back later"), TimeSpan.FromSeconds(1));
    }

    public void Dispose()
    {
        _all.Dispose();
        _rate.Dispose();
        _atOnce.Dispose();
    }

}
