using System.Diagnostics;
using System.Net.Sockets;
using VaultGrid.Enclave.Contracts.Framing;

namespace VaultGrid.Enclave.Tests;

/// <summary>Calls that carry a trace's id: answered like any other, whatever the id, and by enclaves that don't know them as well.</summary>
public sealed class TracedCallTests : IAsyncDisposable
{
    private readonly EnclaveProcess _enclave = new();
    private readonly List<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public TracedCallTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EnclaveTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => Activity.Current?.OperationName == nameof(TracedCallTests)
                ? ActivitySamplingResult.AllDataAndRecorded
                : options.Parent != default && options.Name.StartsWith("enclave handles", StringComparison.Ordinal) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                lock (_spans) _spans.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _enclave.DisposeAsync();
    }

    [Fact]
    public async Task A_traced_call_answers_the_same_and_says_how_long_it_took()
    {
        await _enclave.StartAsync();
        var plain = (await _enclave.Connection.AskAsync(new StatusCall(), Token)).Value;
        using var trace = new Activity(nameof(TracedCallTests)).Start();
        Assert.Equal(plain.SoftwareVersion, (await _enclave.Connection.AskAsync(new StatusCall(), Token)).Value.SoftwareVersion);
        Assert.Equal(RefusalCode.PhaseRefused, (await _enclave.Connection.AskAsync(new RecordsCall(), Token)).Refusal?.Code);

        var outside = Spans(trace).Single(span => span.OperationName == "enclave Status");
        var inside = Spans(trace).Single(span => span.OperationName == "enclave handles Status");
        Assert.Equal(outside.SpanId, inside.ParentSpanId);
        Assert.True(inside.Duration <= outside.Duration + TimeSpan.FromMilliseconds(1), $"{inside.Duration} inside, {outside.Duration} outside");
        Assert.Equal(0, inside.Duration.Ticks % TimeSpan.FromMicroseconds(100).Ticks);
        Assert.Equal("phase.refused", Spans(trace).Single(span => span.OperationName == "enclave Records").GetTagItem("vaultgrid.refusal"));
    }

    [Fact]
    public async Task An_older_enclave_refuses_the_frame_and_gets_the_call_as_it_always_came()
    {
        // It answers as version 1 did: what it doesn't know it refuses, and a ping it answers.
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_enclave.Socket));
        listener.Listen();
        var kinds = new List<byte>();
        var serving = Task.Run(() => AnswerLikeVersionOneAsync(listener, kinds), Token);

        using (new Activity(nameof(TracedCallTests)).Start())
        {
            Assert.Null((await _enclave.Connection.AskAsync(new PingCall(), Token)).Refusal);
            Assert.Null((await _enclave.Connection.AskAsync(new PingCall(), Token)).Refusal);
        }

        await _enclave.Connection.DisposeAsync();
        await serving;
        Assert.Equal([TracedFrame.Kind, (byte)EnclaveCallKind.Ping, (byte)EnclaveCallKind.Ping], kinds);
    }

    [Fact]
    public void Its_bytes_are_frozen()
    {
        byte[] id = [.. Enumerable.Range(1, TracedFrame.IdSize).Select(value => (byte)value)];
        Assert.Equal("0102030405060708090a0b0c0d0e0f10111213141516171805aabb", Convert.ToHexStringLower(TracedFrame.Call(id, EnclaveCallKind.Perform, [0xaa, 0xbb])));
        var answer = TracedFrame.Answer(TimeSpan.FromMicroseconds(101), TimeSpan.FromSeconds(2), [0xcc]);
        Assert.Equal("0000000200004e20cc", Convert.ToHexStringLower(answer));
        Assert.True(TracedFrame.TryReadTimes(answer, out var waited, out var handled));
        Assert.Equal((TimeSpan.FromMicroseconds(200), TimeSpan.FromSeconds(2)), (waited, handled));
        Assert.False(TracedFrame.TryReadTimes(answer.AsSpan(0, 7), out _, out _));
        Assert.Equal((0xF0, 0x82, 0x83), (TracedFrame.Kind, (byte)AnswerKind.TracedAnswer, (byte)AnswerKind.TracedRefusal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(TracedFrame.IdSize)]
    public async Task A_traced_call_that_is_too_short_is_refused_and_the_connection_goes_on(int length)
    {
        await _enclave.StartAsync();
        Assert.Equal(RefusalCode.InputMalformed, (await _enclave.Connection.CallAsync((EnclaveCallKind)TracedFrame.Kind, new byte[length], Token)).Refusal?.Code);
        Assert.Null((await _enclave.Connection.AskAsync(new PingCall(), Token)).Refusal);
    }

    [Fact]
    public async Task A_traced_call_holds_one_call_and_no_other_frame()
    {
        await _enclave.StartAsync();
        var nested = TracedFrame.Call(new byte[TracedFrame.IdSize], (EnclaveCallKind)TracedFrame.Kind, TracedFrame.Call(new byte[TracedFrame.IdSize], EnclaveCallKind.Status, []));
        var answer = await _enclave.Connection.CallAsync((EnclaveCallKind)TracedFrame.Kind, nested, Token);
        Assert.Equal(RefusalCode.EnclaveFault, answer.Refusal?.Code); // Its kind is one that a caller who did not trace doesn't expect.
        Assert.Null((await _enclave.Connection.AskAsync(new PingCall(), Token)).Refusal);
    }

    private static async Task AnswerLikeVersionOneAsync(Socket listener, List<byte> kinds)
    {
        using var socket = await listener.AcceptAsync(Token);
        await using var stream = new NetworkStream(socket);
        var head = new byte[FrameHeader.Size];
        while (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, Token) == head.Length)
        {
            var header = FrameHeader.Read(head).Value;
            await stream.ReadExactlyAsync(new byte[header.BodyLength], Token);
            kinds.Add(header.Kind);
            var answer = new WireWriter();
            var isKnown = header.Kind == (byte)EnclaveCallKind.Ping;
            if (!isKnown) RefusalCodec.Write(answer, new Refusal(RefusalCode.InputUnsupported, $"this enclave does not know call {header.Kind}"));
            var frame = new byte[FrameHeader.Size + answer.Written.Length];
            new FrameHeader(answer.Written.Length, (byte)(isKnown ? AnswerKind.Answer : AnswerKind.Refusal), header.Correlation).Write(frame);
            answer.Written.CopyTo(frame.AsSpan(FrameHeader.Size));
            await stream.WriteAsync(frame, Token);
        }
    }

    private List<Activity> Spans(Activity trace)
    {
        lock (_spans) return [.. _spans.Where(span => span.TraceId == trace.TraceId)];
    }
}
