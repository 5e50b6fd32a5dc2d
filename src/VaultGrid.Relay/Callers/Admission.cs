namespace VaultGrid.Relay;

/// <summary>A request's place among those under way, given back when disposed; or the refusal of one.</summary>
internal readonly struct Admission : IDisposable
{
    private readonly IDisposable? _own;
    private readonly IDisposable? _all;

    public Admission(IDisposable own, IDisposable all) => (_own, _all) = (own, all);

    public Admission(Refusal refusal, TimeSpan retryAfter) => (Refusal, RetryAfter) = (refusal, retryAfter);

    public Refusal? Refusal { get; }

    public TimeSpan RetryAfter { get; }

    public void Dispose()
    {
        _all?.Dispose();
        _own?.Dispose();
    }
}
