using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;
using VaultGrid.Enclave.Contracts.Framing;

namespace VaultGrid.Enclave;

/// <summary>
/// One caller's connection: hands each call to the thread pool and answers as they are done. A frame that can't be read gets a refusal and
/// ends the connection, since where the next one starts is not known.
/// </summary>
internal sealed class ServedConnection(Socket socket, EnclaveServer server, ServerLimits limits)
{
    // Two of the largest answers.
    private readonly FrameSender _answers = new(socket, 2 * EnclaveLimits.Frame, limits.FrameTime);
    private readonly FrameReader _reader = new(socket, limits.FrameTime);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A step of a session that comes alone after so long goes on where it was read: to wake another thread takes a tenth of a millisecond where the machine was idle. Of callers who
    // come closer together none waits behind another's. Shorter than one caller's time from one step to the next, longer than a step.
    private static readonly TimeSpan Lull = TimeSpan.FromMicroseconds(400);

    private long _came;

    // The reading loop counts as one.
    private int _underWay = 1;

    /// <summary>Serves until the caller goes, misbehaves, or the enclave stops; calls under way are still answered where somebody is there.</summary>
    public async Task ServeAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _ = _answers.Failed.ContinueWith(_ => Cancel(ending), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            if (await _reader.ReadAsync(Take, ending.Token) is { } malformed) Answer(0, malformed);
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The caller went, or stalled, or the enclave stops.
        }

        Left();
        await _idle.Task.WaitAsync(limits.StopTime, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _answers.DrainAsync().WaitAsync(limits.FrameTime, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended anyway.
        }
    }

    private void Take(FrameHeader header, in ReadOnlySequence<byte> body)
    {
        var before = _came;
        _came = Stopwatch.GetTimestamp();

        // A ping costs less than handing it over.
        if (header.Kind == (byte)EnclaveCallKind.Ping)
        {
            Answer(header.Correlation, server.Core.Handle(EnclaveCallKind.Ping, body.ToArray()));
            return;
        }

        if (!server.TryBegin())
        {
            Answer(header.Correlation, new Refusal(RefusalCode.EnclaveBusy, $"{limits.CallsUnderWay} calls are under way; try again"));
            return;
        }

        Interlocked.Increment(ref _underWay);
        var call = body.ToArray();
        IThreadPoolWorkItem item = header.Kind == TracedFrame.Kind
            ? new TracedCall(this, header.Correlation, call)
            : new QueuedCall(this, (EnclaveCallKind)header.Kind, header.Correlation, call, server.Core.Expect((EnclaveCallKind)header.Kind));

        // Nobody else is served or waits behind it: a step of a ceremony, which is short and rare, goes on here, without another thread being woken for it.
        if (!_reader.HasMore && server.HasOneCall && GoesOnHere((EnclaveCallKind)header.Kind, Stopwatch.GetElapsedTime(before, _came))) item.Execute();
        else ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
    }

    private static bool GoesOnHere(EnclaveCallKind kind, TimeSpan lull) => kind switch
    {
        EnclaveCallKind.OpenCeremony or EnclaveCallKind.StepCeremony => true,
        EnclaveCallKind.OpenSession or EnclaveCallKind.AnnounceRequest or EnclaveCallKind.StepSession => lull >= Lull,
        _ => false,
    };

    private void Answer(ulong correlation, Outcome<ReadOnlyMemory<byte>> answer)
    {
        if (answer.Is(out var body, out var refusal)) Send(AnswerKind.Answer, correlation, body.Span);
        else Send(AnswerKind.Refusal, correlation, Written(refusal));
    }

    private void Answer(ulong correlation, Outcome<ReadOnlyMemory<byte>> answer, TimeSpan waited, TimeSpan handled)
    {
        if (answer.Is(out var body, out var refusal)) Send(AnswerKind.TracedAnswer, correlation, TracedFrame.Answer(waited, handled, body.Span));
        else Send(AnswerKind.TracedRefusal, correlation, TracedFrame.Answer(waited, handled, Written(refusal)));
    }

    private void Send(AnswerKind kind, ulong correlation, ReadOnlySpan<byte> body) =>
        _answers.TryAppend(new FrameHeader(body.Length, (byte)kind, correlation), body);

    private static byte[] Written(Refusal refusal)
    {
        var writer = new WireWriter();
        RefusalCodec.Write(writer, refusal);
        return writer.ToArray();
    }

    private void Left()
    {
        if (Interlocked.Decrement(ref _underWay) == 0) _idle.TrySetResult();
    }

    private void Run(EnclaveCallKind kind, ulong correlation, byte[] body, AuditTrail.ExpectedEntry expected)
    {
        void Take(Outcome<ReadOnlyMemory<byte>> answer)
        {
            try
            {
                Answer(correlation, answer);
            }
            finally
            {
                server.End();
                Left();
            }
        }

        server.Core.Handle(kind, body, Take, expected, isReader: !Thread.CurrentThread.IsThreadPoolThread);
    }

    private void RunTraced(ulong correlation, byte[] frame, long came)
    {
        try
        {
            if (frame.Length < TracedFrame.CallHead)
            {
                Answer(correlation, new Refusal(RefusalCode.InputMalformed, "a traced call is too short to be one"));
                return;
            }

            var started = Stopwatch.GetTimestamp();
            var kind = (EnclaveCallKind)frame[TracedFrame.IdSize];
            var answer = server.Core.Handle(kind, frame.AsSpan(TracedFrame.CallHead));
            Answer(correlation, answer, Stopwatch.GetElapsedTime(came, started), Stopwatch.GetElapsedTime(started));

            // The caller's number and nothing more, so that its trace and this enclave's log can be laid side by side.
            if (answer.Refusal?.Code == RefusalCode.EnclaveFault) Notices.Say($"the fault was in trace {Hex.Encode(frame.AsSpan(0, TracedFrame.IdSize))[2..]}");
        }
        finally
        {
            server.End();
            Left();
        }
    }

    private sealed class TracedCall(ServedConnection connection, ulong correlation, byte[] frame) : IThreadPoolWorkItem
    {
        private readonly long _came = Stopwatch.GetTimestamp();

        public void Execute() => connection.RunTraced(correlation, frame, _came);
    }

    private sealed class QueuedCall(ServedConnection connection, EnclaveCallKind kind, ulong correlation, byte[] body, AuditTrail.ExpectedEntry expected) : IThreadPoolWorkItem
    {
        public void Execute() => connection.Run(kind, correlation, body, expected);
    }
}
