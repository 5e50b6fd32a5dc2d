using System.Diagnostics;
using VaultGrid.Enclave.Contracts.Framing;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// One call to an enclave in a trace: a span for the way over the socket, and inside it the enclave's own, which this side records from the times
/// that the enclave reports, since an enclave exports nothing. Names and codes only, never a body.
/// </summary>
internal sealed class EnclaveTrace : IDisposable
{
    private static readonly ActivitySource Source = new(EnclaveTraces.SourceName);

    private readonly Activity _call;
    private readonly EnclaveCallKind _kind;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly byte[] _id = new byte[TracedFrame.IdSize];

    private EnclaveTrace(Activity call, EnclaveCallKind kind)
    {
        (_call, _kind) = (call, kind);
        call.TraceId.CopyTo(_id.AsSpan(0, 16));
        call.SpanId.CopyTo(_id.AsSpan(16));
    }

    /// <summary>The trace's id and this span's, as they go to the enclave.</summary>
    public ReadOnlySpan<byte> Id => _id;

    /// <summary>True once the enclave has said that it handled the call.</summary>
    public bool WasHandled { get; private set; }

    /// <summary>Begins a span; null where nobody records it, which costs nothing.</summary>
    public static EnclaveTrace? Start(EnclaveCallKind kind)
    {
        if (!Source.HasListeners()) return null;
        var call = Source.StartActivity($"enclave {kind}", ActivityKind.Client);
        if (call is { IsAllDataRequested: true }) return new EnclaveTrace(call, kind);
        call?.Dispose();
        return null;
    }

    /// <summary>Records the enclave's own span: it lies in the middle of ours, as long as the enclave says.</summary>
    public void Handled(TimeSpan waited, TimeSpan handled)
    {
        WasHandled = true;
        var onTheWay = Stopwatch.GetElapsedTime(_started) - waited - handled;
        var start = _call.StartTimeUtc + (onTheWay > TimeSpan.Zero ? onTheWay / 2 : TimeSpan.Zero) + waited;
        using var inside = Source.StartActivity($"enclave handles {_kind}", ActivityKind.Server, _call.Context, startTime: start);
        inside?.SetTag("vaultgrid.enclave.waited_ms", waited.TotalMilliseconds);
        inside?.SetTag("vaultgrid.reported_by", "enclave");
        inside?.SetEndTime(start + handled);
    }

    /// <summary>Notes how it ended.</summary>
    public Outcome<ReadOnlyMemory<byte>> Ended(Outcome<ReadOnlyMemory<byte>> outcome)
    {
        if (outcome.Refusal is { } refusal) _call.SetTag("vaultgrid.refusal", refusal.Code.Name());
        return outcome;
    }

    /// <inheritdoc/>
    public void Dispose() => _call.Dispose();
}
