using System.Security.Cryptography;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Enclave.Tests;

/// <summary>A coordinator: makes the plan, opens every part, carries packets. A test may change, keep back or repeat what it carries.</summary>
internal sealed class TestSession
{
    private readonly ThresholdGrid _grid;
    private readonly string[] _nodes;
    private readonly PerformCall? _request;
    private readonly Queue<SessionPacket> _waiting = new();

    private TestSession(ThresholdGrid grid, string[] nodes, SessionPlan plan, PerformCall? request) =>
        (_grid, _nodes, Plan, _request) = (grid, nodes, plan, request);

    public SessionPlan Plan { get; init; }

    /// <summary>What is carried in place of a packet; null keeps it back.</summary>
    public Func<SessionPacket, SessionPacket?> Carry { get; init; } = packet => packet;

    /// <summary>Every step that was taken, with the node that took it.</summary>
    public List<(string Node, StepSessionCall Call, SessionAnswer Answer)> Steps { get; } = [];

    /// <summary>The first failure that an enclave told.</summary>
    public SessionFailure? Failure { get; private set; }

    /// <summary>Packets that are waiting to be carried.</summary>
    public IReadOnlyCollection<SessionPacket> Waiting => _waiting;

    /// <summary>Plans a session of nodes for a request, or a prepared one where there is none.</summary>
    public static async Task<TestSession> PlanAsync(
        ThresholdGrid grid, TestDeal deal, IReadOnlyList<string> nodes, PerformCall? request, Func<SessionPacket, SessionPacket?>? carry = null, byte[]? audit = null)
    {
        var keys = new List<SignedStatement>();
        foreach (var node in nodes) keys.Add(await grid[node].AskAsync(new SessionKeyCall()));
        var (purpose, subject) = (request, audit) switch
        {
            (not null, _) => (SessionPurpose.Request, Hash256.Sha256(request.Request.Span).ToArray()),
            (_, not null) => (SessionPurpose.Audit, audit),
            _ => (SessionPurpose.Presign, []),
        };
        var plan = new SessionPlan(
            ThresholdEcdsaProtocol.Name, ThresholdEcdsaProtocol.Version, new Hash256(RandomNumberGenerator.GetBytes(32)), deal.Key, 1, purpose, subject, keys);
        return new TestSession(grid, [.. nodes], plan, request) { Carry = carry ?? (packet => packet) };
    }

    public OpenSessionCall Opening => new(Plan, _request?.Request ?? default, _request?.Approvals ?? []);

    /// <summary>Opens every part.</summary>
    public async Task OpenAsync()
    {
        foreach (var node in _nodes) Take(await _grid[node].AskAsync(Opening));
    }

    /// <summary>Carries packets until none is left, or one is for the coordinator.</summary>
    /// <returns>What the protocol told the coordinator; null where the session failed or waits for what was kept back.</returns>
    public async Task<ReadOnlyMemory<byte>?> RunAsync()
    {
        while (Failure is null && _waiting.TryDequeue(out var packet))
        {
            if (packet.Receiver == SessionPacket.Coordinator) return packet.Result().Value;
            await StepAsync(_nodes[packet.Receiver], new StepSessionCall(Plan.Session, packet.Round, [packet], default, []));
        }

        return null;
    }

    public async Task<ReadOnlyMemory<byte>?> SignAsync()
    {
        await OpenAsync();
        return await RunAsync();
    }

    /// <summary>Brings the request to a session that was prepared; every participant but the last first.</summary>
    public async Task<ReadOnlyMemory<byte>?> GoAsync(PerformCall request, PerformCall? toOthers = null)
    {
        var goes = new List<SessionPacket>();
        var to = toOthers ?? request;
        foreach (var node in _nodes[..^1])
        {
            var answer = await StepAsync(node, new StepSessionCall(Plan.Session, EcdsaRound.Go, [], to.Request, to.Approvals));
            goes.AddRange(answer.Packets);
        }

        _waiting.Clear();
        await StepAsync(_nodes[^1], new StepSessionCall(Plan.Session, EcdsaRound.Go, goes, request.Request, request.Approvals));
        return await RunAsync();
    }

    public async Task<SessionAnswer> StepAsync(string node, StepSessionCall call)
    {
        var answer = await _grid[node].AskAsync(call);
        Steps.Add((node, call, answer));
        Take(answer);
        return answer;
    }

    private void Take(SessionAnswer answer)
    {
        Failure ??= answer.Failure;
        foreach (var packet in answer.Packets)
        {
            if (Carry(packet) is { } carried) _waiting.Enqueue(carried);
        }
    }
}
