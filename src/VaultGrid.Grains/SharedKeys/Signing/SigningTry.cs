using System.Security.Cryptography;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>
/// One try to get signature shares from f + 1 holders: opens their parts, hands every commitment to the other signers (of FROST), gathers the shares. It opens nothing
/// that is sealed and believes nothing; enclaves check what they are handed.
/// </summary>
internal sealed class SigningTry(SharedKeyDesk desk, IGrainFactory grains, SessionPlan plan, ImmutableArray<NodeId> crew)
{
    private const byte FirstRound = 1;

    /// <summary>The signers.</summary>
    public ImmutableArray<NodeId> Crew => crew;

    /// <summary>The plan.</summary>
    public SessionPlan Plan => plan;

    /// <summary>Signers that have not answered what they were asked last.</summary>
    public HashSet<NodeId> Waiting { get; } = [];

    /// <summary>Plans a try.</summary>
    /// <returns>The try, or whose session key could not be had.</returns>
    public static async Task<(SigningTry? Try, ImmutableArray<TryMishap> Mishaps)> PlanAsync(
        SharedKeyDesk desk, IGrainFactory grains, KeyVersion version, string protocol, ImmutableArray<NodeId> crew, SessionPurpose purpose, ReadOnlyMemory<byte> subject,
        CancellationToken cancellationToken)
    {
        ImmutableArray<NodeId> ordered = [.. crew.OrderBy(node => node.Cluster.Number).ThenBy(node => node.Index)];
        var told = await Task.WhenAll(ordered.Select(node => desk.SessionKeyAsync(grains, node, cancellationToken)));
        ImmutableArray<TryMishap> mishaps = [.. ordered.Zip(told).Where(pair => pair.Second.Refusal is not null).Select(pair => new TryMishap(pair.First, pair.Second.Refusal!))];
        if (!mishaps.IsEmpty) return (null, mishaps);
        var id = new Hash256(RandomNumberGenerator.GetBytes(Hash256.Length));
        var plan = new SessionPlan(protocol, 1, id, version.Key, version.Number, purpose, subject, [.. told.Select(statement => statement.Value)]);
        return (new SigningTry(desk, grains, plan, ordered), []);
    }

    /// <summary>Opens every part and gathers what the signers send first.</summary>
    public Task<TryPackets> OpenAsync(ReadOnlyMemory<byte> request, IReadOnlyList<Approval> approvals, CancellationToken cancellationToken)
    {
        var call = new OpenSessionCall(plan, request, approvals);
        return GatherAsync(_ => call, cancellationToken);
    }

    /// <summary>Hands the commitments out and gathers the shares.</summary>
    /// <param name="sent">What the signers sent first.</param>
    /// <param name="request">The request, where the session was prepared without it; else empty.</param>
    /// <param name="approvals">Its approvals.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<TryPackets> StepAsync(
        IReadOnlyList<SessionPacket> sent, ReadOnlyMemory<byte> request, IReadOnlyList<Approval> approvals, CancellationToken cancellationToken) =>
        GatherAsync(
            place => new StepSessionCall(
                plan.Session, FirstRound,
                [.. sent.Where(packet => packet.Sender != place && (packet.Receiver == place || packet.Receiver == SessionPacket.Coordinator))], request, approvals),
            cancellationToken);

    /// <summary>Has every signer give its part up; nobody waits for that.</summary>
    public void Abandon()
    {
        foreach (var node in crew) _ = desk.AskAsync(grains, node, new CloseSessionCall(plan.Session), CancellationToken.None);
    }

    private async Task<TryPackets> GatherAsync(Func<int, EnclaveCall<SessionAnswer>> call, CancellationToken cancellationToken)
    {
        foreach (var node in crew) Waiting.Add(node);
        var answers = await Task.WhenAll(crew.Select((node, place) => OneAsync(node, call(place), cancellationToken)));
        var mishaps = ImmutableArray.CreateBuilder<TryMishap>();
        var packets = ImmutableArray.CreateBuilder<SessionPacket>();
        for (var place = 0; place < crew.Length; place++)
        {
            if (!answers[place].Is(out var answer, out var refusal)) mishaps.Add(new TryMishap(crew[place], refusal));
            else if (answer.Failure is { } failure) mishaps.Add(new TryMishap(crew[place], new Refusal(RefusalCode.SessionAborted, failure.Why)) { Accused = [.. failure.Culprits] });
            else if (answer.Packets.Any(packet => packet.Session != plan.Session || packet.Sender != place))
                mishaps.Add(new TryMishap(crew[place], new Refusal(RefusalCode.SessionMismatch, "it sent a packet in another's name")) { Accused = [crew[place]] });
            else packets.AddRange(answer.Packets);
        }

        return new TryPackets(packets.ToImmutable(), mishaps.ToImmutable());
    }

    private async Task<Outcome<SessionAnswer>> OneAsync(NodeId node, EnclaveCall<SessionAnswer> call, CancellationToken cancellationToken)
    {
        var answer = await desk.AskAsync(grains, node, call, cancellationToken);
        Waiting.Remove(node);
        return answer;
    }
}

/// <summary>What signers sent, and who did not.</summary>
internal sealed record TryPackets(ImmutableArray<SessionPacket> Packets, ImmutableArray<TryMishap> Mishaps);

/// <summary>Why a signer's part failed.</summary>
/// <param name="Node">Who said so, or did not answer.</param>
/// <param name="Refusal">What it said.</param>
internal sealed record TryMishap(NodeId Node, Refusal Refusal)
{
    /// <summary>Whom it accuses; itself where the silo does.</summary>
    public ImmutableArray<NodeId> Accused { get; init; } = [];
}
