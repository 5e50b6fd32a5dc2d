using System.Diagnostics;
using System.Threading.Channels;

namespace VaultGrid.LoadTest;

/// <summary>Puts the load on, tells every second how it goes, and collects what callers saw.</summary>
internal sealed class LoadRun(LoadTarget target, LoadPlan plan)
{
    private const int Prepared = 512;

    // An open loop against a grid that stands still would pile up calls without end.
    private const int MostUnderWay = 4096;

    private readonly Channel<(RequestSubmission Submission, IReadOnlyList<RequestApproval> Approvals)> _requests =
        Channel.CreateBounded<(RequestSubmission, IReadOnlyList<RequestApproval>)>(Prepared);

    private readonly OperationRecord[] _operations = [.. Enum.GetValues<Operation>().Select(operation => new OperationRecord(operation))];
    private readonly Histogram[] _seconds = [.. Enumerable.Range(0, (int)plan.Duration.TotalSeconds + 1).Select(_ => new Histogram())];
    private long _started;
    private long _next = -1;

    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var preparing = Task.Run(() => PrepareAsync(ending.Token), CancellationToken.None);
        if (plan.Mix.Sign > 0) await _requests.Reader.WaitToReadAsync(cancellationToken);

        Console.Error.WriteLine($"{plan}, {plan.Duration.TotalSeconds:0} s");
        var before = target.SiloMemory;
        _started = Stopwatch.GetTimestamp();
        ending.CancelAfter(plan.Duration);
        var telling = Task.Run(() => TellAsync(ending.Token), CancellationToken.None);
        await (plan.Rate is { } rate ? OpenAsync(rate, ending.Token) : ClosedAsync(ending.Token));
        var elapsed = Stopwatch.GetElapsedTime(_started);
        await ending.CancelAsync();
        await Task.WhenAll(preparing, telling);
        var used = (int)Math.Min(_seconds.Length, Math.Ceiling(elapsed.TotalSeconds));
        return new LoadResult(elapsed, _operations, _seconds[..used], before is { } was ? (was, target.SiloMemory!.Value) : null);
    }

    private Task ClosedAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, plan.Callers).Select(_ => Task.Run(
        async () =>
        {
            while (!stop.IsCancellationRequested) await CallAsync(Interlocked.Increment(ref _next), null, stop);
        },
        CancellationToken.None)));

    private async Task OpenAsync(double rate, CancellationToken stop)
    {
        using var underWay = new SemaphoreSlim(MostUnderWay);
        for (long call = 0; !stop.IsCancellationRequested; call++)
        {
            var due = _started + (long)(call / rate * Stopwatch.Frequency);
            var wait = TimeSpan.FromSeconds((due - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);
            if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) break;
            await underWay.WaitAsync(CancellationToken.None);
            _ = LaterAsync(call, due);
        }

        for (var left = 0; left < MostUnderWay; left++) await underWay.WaitAsync(CancellationToken.None);

        async Task LaterAsync(long call, long due)
        {
            await Task.Yield();
            try
            {
                await CallAsync(call, due, stop);
            }
            finally
            {
                underWay.Release();
            }
        }
    }

    // What is made ready is not timed, unless an open loop has to wait for it. A call that was begun is waited for: it counts.
    private async Task CallAsync(long call, long? due, CancellationToken stop)
    {
        var operation = plan.Mix.At(call);
        (RequestSubmission Submission, IReadOnlyList<RequestApproval> Approvals)? ready = null;
        if (operation == Operation.Sign)
        {
            try
            {
                ready = await _requests.Reader.ReadAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        var begun = due ?? Stopwatch.GetTimestamp();
        var refusal = operation switch
        {
            Operation.Sign => (await target.Grid.ExecuteApprovedAsync(ready!.Value.Submission, ready.Value.Approvals, CancellationToken.None)).Refusal,
            Operation.Audit => (await target.AuditAsync(CancellationToken.None)).Refusal,
            Operation.Status => (await target.Grid.GetGridAsync(CancellationToken.None)).Refusal,
            _ => throw new InvalidOperationException("An unlisted operation."),
        };
        var latency = Stopwatch.GetElapsedTime(begun);
        _operations[(int)operation].Add(refusal?.Code, latency);
        if (refusal is null) _seconds[Math.Min(_seconds.Length - 1, (int)Stopwatch.GetElapsedTime(_started).TotalSeconds)].Add(latency);
    }

    private async Task PrepareAsync(CancellationToken stop)
    {
        if (plan.Mix.Sign == 0) return;
        try
        {
            while (true) await _requests.Writer.WriteAsync(target.NewRequest(), stop);
        }
        catch (OperationCanceledException)
        {
            // The load has ended.
        }
    }

    private async Task TellAsync(CancellationToken stop)
    {
        using var everySecond = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var second = 0; second < _seconds.Length; second++)
        {
            try
            {
                await everySecond.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var last = _seconds[second];
            var refused = _operations.Sum(operation => operation.Refused.Values.Sum());
            Console.Error.WriteLine(
                $"{second + 1,5} s  {last.Count,6}/s  p50 {last.Percentile(0.5).TotalMilliseconds,7:0.00} ms  p99 {last.Percentile(0.99).TotalMilliseconds,7:0.00} ms  refused {refused}");
        }
    }
}
