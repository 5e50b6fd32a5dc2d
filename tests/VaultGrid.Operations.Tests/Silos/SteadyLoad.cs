using System.Collections.Concurrent;
using System.Diagnostics;

namespace VaultGrid.Operations.Tests.Silos;

/// <summary>
/// Callers who sign without a pause. What is refused in a way that is worth another attempt they ask again, with the same bytes, until it is done; any
/// other refusal ends the test.
/// </summary>
internal sealed class SteadyLoad(LocalVaultGrid grid, KeyStatus key, int callers)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly long[] _served = new long[callers];
    private readonly Dictionary<string, int> _refused = new(StringComparer.Ordinal);
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _began = Stopwatch.GetTimestamp();
    private long _last = Stopwatch.GetTimestamp();
    private int _answers;
    private int _repeated;
    private TimeSpan _silence;
    private TimeSpan _slowest;

    /// <summary>The signatures that callers were given, and the hash of the request of each.</summary>
    public ConcurrentDictionary<RequestId, (Hash256 Request, byte[] Signature)> Acknowledged { get; } = new();

    /// <summary>Runs every caller until the token says so; nobody knows what became of the last one.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, stop), CancellationToken.None)));

    /// <summary>
    /// Waits until every caller was given a signature that it asked for from now on, and so many were given to all of them; then tells what was seen since the
    /// figures before.
    /// </summary>
    public async Task<SteadyFigures> ServedAsync(string what, int answers, Task running, CancellationToken cancellationToken)
    {
        var (from, first) = (Stopwatch.GetTimestamp(), Acknowledged.Count);
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (_served.Min() >= from && Acknowledged.Count - first >= answers) return Take(what);
                news = _news.Task;
            }

            // A caller that met a refusal which must not be is heard at once.
            if (await Task.WhenAny(news, running).WaitAsync(cancellationToken) == running) await running;
        }
    }

    private async Task CallAsync(int caller, CancellationToken stop)
    {
        using var client = grid.NewClient(retries: 0);
        while (!stop.IsCancellationRequested)
        {
            var request = grid.Requests.Sign(
                key, DerivationPath.Parse("m/84'/0'/0'/0/0").Value, new SigningSubject.Digest(Hash256.Sha256(Guid.CreateVersion7().ToByteArray())), "a payment");
            var approvals = grid.Requests.Approve(request, 2).Select(approval => new RequestApproval(approval.Certificate, approval.Signature)).ToList();
            var begun = Stopwatch.GetTimestamp();
            for (var attempt = 1; ; attempt++)
            {
                var outcome = await client.ExecuteApprovedAsync(new RequestSubmission(request.Utf8), approvals, CancellationToken.None);
                if (outcome.Is(out var status, out var refusal) && status.State == "done")
                {
                    Acknowledged[request.Request.Id] = (request.Hash, status.Signature!.Signature.ToArray());
                    Served(caller, begun, attempt);
                    break;
                }

                Assert.True(refusal is { } told && told.Code.IsRetriable(), $"a caller was told {refusal?.ToString() ?? status?.State}, at attempt {attempt}");
                Refused(refusal!.Code.Name());
                if (stop.IsCancellationRequested) return;
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private void Served(int caller, long begun, int attempts)
    {
        lock (_gate)
        {
            var now = Stopwatch.GetTimestamp();
            _served[caller] = begun;
            _answers++;
            if (attempts > 1) _repeated++;
            _silence = Longest(_silence, _last, now);
            _slowest = Longest(_slowest, begun, now);
            _last = now;
            _news.SetResult();
            _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Refused(string code)
    {
        lock (_gate) _refused[code] = _refused.GetValueOrDefault(code) + 1;
    }

    private SteadyFigures Take(string what)
    {
        var figures = new SteadyFigures(what, Stopwatch.GetElapsedTime(_began), _answers, _repeated, new Dictionary<string, int>(_refused), _silence, _slowest);
        (_began, _answers, _repeated, _silence, _slowest) = (Stopwatch.GetTimestamp(), 0, 0, TimeSpan.Zero, TimeSpan.Zero);
        _refused.Clear();
        return figures;
    }

    private static TimeSpan Longest(TimeSpan known, long from, long to)
    {
        var time = Stopwatch.GetElapsedTime(from, to);
        return time > known ? time : known;
    }
}
