using System.Security.Cryptography;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Sessions;

/// <summary>Makes the plan of a try: a new id, and the session key of every participant.</summary>
internal static class SessionPlanning
{
    /// <summary>Plans a try.</summary>
    /// <returns>The plan; or whose session key could not be had.</returns>
    public static async Task<PlannedSession> PlanAsync(
        SessionCoordination coordination, ISessionFlow flow, SessionSeats seats, ImmutableArray<NodeId> crew, SessionPurpose purpose, ReadOnlyMemory<byte> subject, CancellationToken deadline)
    {
        var id = new Hash256(RandomNumberGenerator.GetBytes(Hash256.Length));
        var asked = await Task.WhenAll(crew.Select(node => KeyAsync(coordination, node, seats.Reach(node), deadline)));
        var mishaps = crew.Zip(asked).Where(pair => pair.Second.Refusal is not null)
            .Select(pair => new SessionMishap(0, pair.First, pair.Second.Refusal!.Code.Name(), pair.Second.Refusal.Detail, [])).ToImmutableArray();
        return mishaps.IsEmpty
            ? new PlannedSession(
                id, new SessionPlan(flow.Protocol, flow.Version, id, seats.Key, seats.Terms.ShareVersion, purpose, subject, [.. asked.Select(said => said.Value)]), [])
            : new PlannedSession(id, null, mishaps);
    }

    private static async Task<Outcome<SignedStatement>> KeyAsync(SessionCoordination coordination, NodeId node, IEnclavePort port, CancellationToken deadline)
    {
        using var silent = new CancellationTokenSource(coordination.Options.StepTimeout, coordination.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, deadline);
        try
        {
            return await coordination.Keys.GetAsync(node, port, either.Token);
        }
        catch (OperationCanceledException)
        {
            return new Refusal(RefusalCode.EnclaveDetached, $"node {node} did not tell its session key in time");
        }
    }
}

/// <summary>A plan, or why there is none.</summary>
/// <param name="Id">The try's id.</param>
/// <param name="Plan">The plan; null where a session key is missing.</param>
/// <param name="Mishaps">Whose.</param>
internal sealed record PlannedSession(Hash256 Id, SessionPlan? Plan, ImmutableArray<SessionMishap> Mishaps);
