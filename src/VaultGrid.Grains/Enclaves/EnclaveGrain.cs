using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Enclaves;

/// <summary>Carries calls to the socket. It opens nothing, decides nothing and keeps nothing.</summary>
[Reentrant]
internal sealed partial class EnclaveGrain(
    IEnclaveAttachments attachments,
    IOptions<GridGrainOptions> options,
    TimeProvider time,
    EnclaveInstruments instruments,
    ILogger<EnclaveGrain> logger) : Grain, IEnclaveGrain
{
    private const int WitnessAttempts = 3;

    private int _underWay;

    public async Task<Answer<EnclaveReply>> CallAsync(EnclaveMessage message, CancellationToken cancellationToken)
    {
        var node = this.GetPrimaryKeyString();
        if (!NodeId.TryParse(node, out var id) || attachments.Find(id) is not { } port)
        {
            // A silo that has the enclave may be there by the next call.
            DeactivateOnIdle();
            return new Refusal(RefusalCode.EnclaveDetached, $"no enclave of node {node} is attached to this silo");
        }

        if (_underWay >= options.Value.EnclaveCalls)
            return new Refusal(RefusalCode.EnclaveBusy, $"{_underWay} calls wait for node {node}; try again in a second");

        _underWay++;
        instruments.OnBegun(node);
        var started = time.GetTimestamp();
        try
        {
            var outcome = await AskAsync(port, node, message, cancellationToken);
            if (outcome.Refusal is { Code: RefusalCode.WitnessPending }) outcome = await WitnessedAsync(port, id, message, outcome, cancellationToken);
            instruments.OnCall(node, message.Kind, outcome.Refusal?.Code, time.GetElapsedTime(started));
            return outcome;
        }
        finally
        {
            _underWay--;
            instruments.OnEnded(node);
        }
    }

    // The step is stored and waits: this one's, or one before it, after which the call is made again.
    private async Task<Outcome<EnclaveReply>> WitnessedAsync(
        IEnclavePort port, NodeId node, EnclaveMessage message, Outcome<EnclaveReply> pending, CancellationToken cancellationToken)
    {
        var call = WitnessNeed.CallHash((EnclaveCallKind)message.Kind, message.Body.Span);
        for (var attempt = 0; attempt < WitnessAttempts; attempt++)
        {
            var done = await new WitnessCourier(GrainFactory).RunAsync(node, cancellationToken);
            if (done.Call == call && !done.Answer.IsEmpty) return new EnclaveReply(done.Answer);
            pending = await AskAsync(port, node.ToString(), message, cancellationToken);
            if (pending.Refusal is not { Code: RefusalCode.WitnessPending }) return pending;
        }

        return pending;
    }

    private async Task<Outcome<EnclaveReply>> AskAsync(IEnclavePort port, string node, EnclaveMessage message, CancellationToken cancellationToken)
    {
        var kind = (EnclaveCallKind)message.Kind;
        var patience = kind is EnclaveCallKind.Status or EnclaveCallKind.Ping ? options.Value.StatusTimeout : options.Value.EnclaveTimeout;
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var outcome = await port.CallAsync(kind, message.Body, either.Token);
            return outcome.Is(out var body, out var refusal) ? new EnclaveReply(body) : refusal;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogSilent(logger, node, kind, patience.TotalSeconds);
            return new Refusal(RefusalCode.EnclaveDetached, $"node {node} did not answer within {patience.TotalSeconds} s");
        }
    }
}
