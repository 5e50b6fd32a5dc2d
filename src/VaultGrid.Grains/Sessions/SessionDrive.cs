using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Grains.Sessions;

/// <summary>
/// Drives one try of a session, whatever its protocol: opens every part, carries packets between participants until one is for the coordinator. What
/// can travel side by side does. It opens no packet, and a packet that goes where it should not is its sender's doing.
/// </summary>
/// <remarks>Runs on the turns of one activation, so its fields need no lock; it is used for one try and thrown away.</remarks>
internal sealed class SessionDrive(
    ISessionFlow flow, SessionPlan plan, ImmutableArray<NodeId> crew, Func<NodeId, IEnclavePort> reach, TimeProvider time, TimeSpan patience, SessionInstruments instruments)
{
    private readonly Dictionary<(byte Receiver, byte Round), List<SessionPacket>> _waiting = [];
    private readonly ImmutableArray<SessionStepEntry>.Builder _steps = ImmutableArray.CreateBuilder<SessionStepEntry>();
    private readonly TaskCompletionSource<SessionEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PerformCall? _request;
    private CancellationToken _deadline;

    // Steps that have not been answered, and one for the caller who starts them.
    private int _underWay = 1;

    /// <summary>Called whenever answers were carried on: openings keep the processors busy, the steps after them leave some idle.</summary>
    public Action? Meanwhile { get; init; }

    /// <summary>What participants were asked so far.</summary>
    public ImmutableArray<SessionStepEntry> Steps => _steps.ToImmutable();

    /// <summary>Opens every part, with the request or to prepare, and runs to the first packet for the coordinator.</summary>
    public async Task<SessionEnd> OpenAsync(PerformCall? request, CancellationToken deadline)
    {
        _deadline = deadline;
        var call = new OpenSessionCall(plan, request?.Request ?? default, request?.Approvals ?? []);
        var answers = await Task.WhenAll(crew.Select(node => AskAsync(0, node, call)));

        // All of them are heard before any is judged: what two clusters say weighs more than what one does.
        var mishaps = crew.Zip(answers).Select(pair => MishapOf(0, pair.First, pair.Second)).OfType<SessionMishap>().ToImmutableArray();
        if (!mishaps.IsEmpty) return SessionEnd.Of(mishaps);
        for (var place = 0; place < answers.Length; place++) Post(place, answers[place].Value.Packets);
        return await EndAsync();
    }

    /// <summary>Brings its request to a session that was prepared, and runs to the next packet for the coordinator.</summary>
    public Task<SessionEnd> GoAsync(PerformCall request, CancellationToken deadline)
    {
        (_deadline, _request) = (deadline, request);
        var round = flow.RequestRound ?? throw new InvalidOperationException($"{flow.Protocol} prepares nothing.");
        for (var place = 0; place < crew.Length; place++)
        {
            if (flow.BeginsRequest(place, crew.Length)) Step(place, round, []);
        }

        return EndAsync();
    }

    /// <summary>Tells who gets its request only with others' packets which one it will be; nobody waits for that.</summary>
    public void Announce(PerformCall request, Func<NodeId, bool> takesHints)
    {
        for (var place = 0; place < crew.Length; place++)
        {
            if (!flow.BeginsRequest(place, crew.Length) && takesHints(crew[place]))
                _ = TellAsync(crew[place], new AnnounceRequestCall(plan.Session, request.Request, request.Approvals));
        }
    }

    /// <summary>Has every participant give its part up; nobody waits for that.</summary>
    public void Abandon()
    {
        foreach (var node in crew) _ = TellAsync(node, new CloseSessionCall(plan.Session));
    }

    // Where everybody has answered and nothing was for the coordinator, the session has run dry.
    private Task<SessionEnd> EndAsync()
    {
        if (--_underWay == 0) _end.TrySetResult(SessionEnd.Of(Dry()));
        return _end.Task;
    }

    private SessionMishap Dry() => new(
        0, crew[0], RefusalCode.SessionMismatch.Name(), "every participant has answered, and none of them told the coordinator anything", [.. crew]);

    private void Post(int sender, IReadOnlyList<SessionPacket> packets)
    {
        foreach (var packet in packets)
        {
            if (packet.Session != plan.Session || packet.Sender != sender || (packet.Receiver != SessionPacket.Coordinator && (packet.Receiver >= crew.Length || packet.Receiver == sender)))
            {
                _end.TrySetResult(SessionEnd.Of(new SessionMishap(packet.Round, crew[sender], RefusalCode.SessionMismatch.Name(), "it sent a packet that leads nowhere", [crew[sender]])));
            }
            else if (packet.Receiver == SessionPacket.Coordinator)
            {
                _end.TrySetResult(SessionEnd.Of(packet));
            }
            else
            {
                Hold(packet);
            }
        }

        Meanwhile?.Invoke();
    }

    private void Hold(SessionPacket packet)
    {
        var place = (packet.Receiver, packet.Round);
        if (!_waiting.TryGetValue(place, out var held)) _waiting[place] = held = [];
        held.Add(packet);
        if (held.Count == flow.Takes(packet.Round, crew.Length)) Step(packet.Receiver, packet.Round, held);
    }

    private void Step(int place, byte round, IReadOnlyList<SessionPacket> packets)
    {
        _underWay++;
        _ = StepAsync(place, round, packets);
    }

    private async Task StepAsync(int place, byte round, IReadOnlyList<SessionPacket> packets)
    {
        try
        {
            var request = round == flow.RequestRound ? _request : null;
            var answer = await AskAsync(round, crew[place], new StepSessionCall(plan.Session, round, packets, request?.Request ?? default, request?.Approvals ?? []));
            if (MishapOf(round, crew[place], answer) is { } mishap) _end.TrySetResult(SessionEnd.Of(mishap));
            else Post(place, answer.Value.Packets);
        }
        catch (Exception broken)
        {
            _end.TrySetException(broken);
        }
        finally
        {
            if (--_underWay == 0) _end.TrySetResult(SessionEnd.Of(Dry()));
        }
    }

    private async Task<Outcome<SessionAnswer>> AskAsync(byte round, NodeId node, EnclaveCall<SessionAnswer> call)
    {
        var started = time.GetTimestamp();
        using var span = SessionInstruments.Round(flow.Protocol, round, node);
        var outcome = await AskAsync(node, call);
        var elapsed = time.GetElapsedTime(started);
        instruments.OnRound(flow.Protocol, round, outcome.Refusal?.Code, elapsed);
        ImmutableArray<Hash256> packets = outcome.Is(out var answer, out _) ? [.. answer.Packets.Select(HashOf)] : [];
        _steps.Add(new SessionStepEntry(round, node, elapsed, packets));
        return outcome;
    }

    private async Task<Outcome<SessionAnswer>> AskAsync(NodeId node, EnclaveCall<SessionAnswer> call)
    {
        using var silent = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, _deadline);
        try
        {
            return await reach(node).AskAsync(call, either.Token);
        }
        catch (OperationCanceledException)
        {
            return new Refusal(RefusalCode.EnclaveDetached, $"node {node} did not answer in time");
        }
    }

    // What comes of it changes nothing: a part that nobody closes ends by itself, and an announcement is a hint.
    private async Task TellAsync(NodeId node, EnclaveCall<Done> call)
    {
        using var silent = new CancellationTokenSource(patience, time);
        try
        {
            await reach(node).AskAsync(call, silent.Token);
        }
        catch (OperationCanceledException)
        {
            // It will not hear of it.
        }
    }

    private static SessionMishap? MishapOf(byte round, NodeId node, Outcome<SessionAnswer> answer)
    {
        if (!answer.Is(out var told, out var refusal)) return new SessionMishap(round, node, refusal.Code.Name(), refusal.Detail, []);
        return told.Failure is { } failure
            ? new SessionMishap(round, node, RefusalCode.SessionAborted.Name(), failure.Why, [.. failure.Culprits])
            : null;
    }

    private static Hash256 HashOf(SessionPacket packet)
    {
        var writer = new WireWriter();
        SessionPacket.Write(writer, packet);
        return Hash256.Sha256(writer.Written);
    }
}
