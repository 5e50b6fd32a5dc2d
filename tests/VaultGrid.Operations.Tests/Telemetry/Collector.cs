using System.Net;
using System.Net.Sockets;

namespace VaultGrid.Operations.Tests.Telemetry;

/// <summary>Where a grid's telemetry goes in these tests: takes OTLP over HTTP and keeps it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<Span> _spans = [];
    private readonly List<byte[]> _bodies = [];
    private readonly Task _taking;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Collector()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        }

        _listener.Prefixes.Add(Address + "");
        _listener.Start();
        _taking = TakeAsync();
    }

    public Uri Address { get; }

    /// <summary>Everything that came, as it came.</summary>
    public IReadOnlyList<byte[]> Bodies
    {
        get
        {
            lock (_spans) return [.. _bodies];
        }
    }

    /// <summary>How many messages of metrics came.</summary>
    public int Metrics { get; private set; }

    /// <summary>Waits until the spans of a trace hold what is looked for.</summary>
    public async Task<IReadOnlyList<Span>> TraceAsync(string trace, Func<IReadOnlyList<Span>, bool> isWhole, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            Task next;
            IReadOnlyList<Span> spans;
            lock (_spans)
            {
                spans = [.. _spans.Where(span => span.Trace == trace)];
                if (isWhole(spans)) return spans;
                next = _news.Task;
            }

            try
            {
                await next.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"the trace is not whole; it has: {string.Join(", ", spans.Select(span => $"{span.Service}: {span.Name}"))}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _taking;
    }

    private async Task TakeAsync()
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                Take(context.Request.Url!.AbsolutePath, body.ToArray());
                context.Response.StatusCode = 200;
                context.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                if (!_listener.IsListening) return;
            }
        }
    }

    private void Take(string path, byte[] body)
    {
        lock (_spans)
        {
            _bodies.Add(body);
            if (path == "/v1/traces") _spans.AddRange(SpanReader.Read(body));
            if (path == "/v1/metrics") Metrics++;
            _news.TrySetResult();
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
