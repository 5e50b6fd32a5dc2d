using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Enclave.Contracts.Framing;

namespace VaultGrid.Demo;

/// <summary>
/// Somebody hostile between the silo and one enclave: what the enclave says in sessions, ceremonies and evaluations is changed on its way, everything else passes. No enclave was
/// changed for it, and none could tell it from an enclave that lies.
/// </summary>
internal sealed class LyingDoor : IAsyncDisposable
{
    private static readonly HashSet<EnclaveCallKind> Sessions =
        [EnclaveCallKind.OpenSession, EnclaveCallKind.StepSession, EnclaveCallKind.Evaluate, EnclaveCallKind.OpenCeremony, EnclaveCallKind.StepCeremony];

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _enclave;
    private readonly HashSet<EnclaveCallKind> _changed;
    private readonly Task _accepting;
    private volatile bool _lies;

    /// <param name="socket">Where the silo comes in.</param>
    /// <param name="enclave">Where the enclave is.</param>
    /// <param name="changed">Answers to which calls are changed, in place of the usual ones.</param>
    public LyingDoor(string socket, string enclave, params EnclaveCallKind[] changed)
    {
        (_enclave, _changed) = (enclave, changed.Length > 0 ? [.. changed] : Sessions);
        _listener.Bind(new UnixDomainSocketEndPoint(socket));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>From here on what the enclave says is changed.</summary>
    public void Lie() => _lies = true;

    /// <summary>From here on everything passes.</summary>
    public void BeHonest() => _lies = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = CarryAsync(await _listener.AcceptAsync(_stop.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The demonstration is over.
        }
    }

    private async Task CarryAsync(Socket silo)
    {
        using (silo)
        using (var enclave = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            try
            {
                await enclave.ConnectAsync(new UnixDomainSocketEndPoint(_enclave), _stop.Token);
                var kinds = new ConcurrentDictionary<ulong, EnclaveCallKind>();
                await Task.WhenAny(
                    PumpAsync(silo, enclave, (header, _) => kinds[header.Correlation] = (EnclaveCallKind)header.Kind),
                    PumpAsync(enclave, silo, (header, body) => Change(header, kinds, body)));
            }
            catch (Exception ended) when (ended is SocketException or IOException or OperationCanceledException)
            {
                // The silo connects again when it needs to.
            }
        }
    }

    // The middle of an answer with content is the message, its signature or a seal.
    private void Change(FrameHeader header, ConcurrentDictionary<ulong, EnclaveCallKind> kinds, byte[] body)
    {
        if (!kinds.TryRemove(header.Correlation, out var kind) || !_lies || !_changed.Contains(kind) || (AnswerKind)header.Kind is not (AnswerKind.Answer or AnswerKind.TracedAnswer) || body.Length < 100) return;
        body[body.Length / 2] ^= 0x40;
    }

    private async Task PumpAsync(Socket from, Socket to, Action<FrameHeader, byte[]> see)
    {
        await using var source = new NetworkStream(from, ownsSocket: false);
        await using var target = new NetworkStream(to, ownsSocket: false);
        var head = new byte[FrameHeader.Size];
        while (await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, _stop.Token) == head.Length)
        {
            var body = new byte[BinaryPrimitives.ReadUInt32BigEndian(head) + 4 - FrameHeader.Size];
            await source.ReadExactlyAsync(body, _stop.Token);
            see(FrameHeader.Read(head).Value, body);
            await target.WriteAsync(head, _stop.Token);
            await target.WriteAsync(body, _stop.Token);
        }
    }
}
