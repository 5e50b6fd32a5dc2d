using VaultGrid.Grains.Approvals;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>
/// Has approved requests about shared keys carried out, of one cluster or several: a ceremony for what changes shares, a signing session for a signature, every holder
/// by itself for the rest; a fresh device is taken by every holder and then repaired.
/// </summary>
internal static class SharedKeyExecution
{
    /// <summary>True for what this carries out. A change of policy is asked of the key's grain, since other keys have policies too.</summary>
    public static async ValueTask<bool> TakesAsync(IGrainFactory grains, Request request, CancellationToken cancellationToken) => request switch
    {
        SignRequest sign => sign.Subject is SigningSubject.Message,
        GenerateKeyRequest or RefreshKeyRequest or ReshareKeyRequest or RepairShareRequest or RestoreShareRequest or DeleteKeyRequest => true,
        ChangePolicyRequest change => (await grains.GetGrain<ISharedKeyGrain>(change.Key.ToString()).GetPolicyAsync(cancellationToken)).Value is not null,
        _ => false,
    };

    /// <summary>True for what every holder has once it is done, as its key's grain sees to: nothing has to be carried from node to node behind it.</summary>
    public static bool LeavesAllAlike(Request request) => request is GenerateKeyRequest or RefreshKeyRequest or ReshareKeyRequest or DeleteKeyRequest;

    /// <summary>Carries it out as far as it goes.</summary>
    public static async Task<Attempt> PerformAsync(
        IGrainFactory grains, RequestReport report, Request request, ImmutableArray<GivenApproval> approvals, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case SignRequest sign:
                return await SignAsync(grains, report, sign, approvals, cancellationToken);
            case GenerateKeyRequest generate:
                return await HoldAsync(grains, report, generate.Holders.Nodes[0], CeremonyKinds.Generate, null, approvals, cancellationToken);
            case RefreshKeyRequest refresh:
                return await HoldAsync(grains, report, null, CeremonyKinds.Refresh, refresh.Key, approvals, cancellationToken);
            case ReshareKeyRequest reshare:
                return await HoldAsync(grains, report, reshare.Holders.Nodes[0], CeremonyKinds.Reshare, reshare.Key, approvals, cancellationToken);
            case RepairShareRequest repair:
                return await ReplaceAsync(grains, report, repair, approvals, cancellationToken);
            case RestoreShareRequest restore:
                return await EachAsync(grains, report, restore.Key, restore.Node, approvals, cancellationToken);
            case DeleteKeyRequest delete:
                return await EachAsync(grains, report, delete.Key, null, approvals, cancellationToken);
            case ChangePolicyRequest change:
                return await EachAsync(grains, report, change.Key, null, approvals, cancellationToken);
            default:
                throw new InvalidOperationException("An unlisted action on a shared key.");
        }
    }

    private static async Task<Attempt> SignAsync(
        IGrainFactory grains, RequestReport report, SignRequest request, ImmutableArray<GivenApproval> approvals, CancellationToken cancellationToken)
    {
        var signed = await grains.GetGrain<ISharedKeyGrain>(request.Key.ToString()).SignAsync(new SignMessage(report.Request, approvals), cancellationToken);
        return signed.ToOutcome().Is(out var made, out var refusal)
            ? new Attempt(new Carried(made.Signers[0], null, request.Key) { Message = made }, [])
            : new Attempt(refusal, []);
    }

    private static async Task<Attempt> HoldAsync(
        IGrainFactory grains, RequestReport report, NodeId? node, string kind, Hash256? key, ImmutableArray<GivenApproval> approvals, CancellationToken cancellationToken)
    {
        var order = new CeremonyOrder(kind, key, null, report.Request, approvals, report.Document);
        var held = await grains.GetGrain<ICeremonyGrain>(report.Hash.ToString()).RunAsync(order, cancellationToken);
        return AttemptOf(held, node);
    }

    // Each holder takes the fresh device by itself; then those that know it repair its share.
    private static async Task<Attempt> ReplaceAsync(
        IGrainFactory grains, RequestReport report, RepairShareRequest request, ImmutableArray<GivenApproval> approvals, CancellationToken cancellationToken)
    {
        var key = grains.GetGrain<ISharedKeyGrain>(request.Key.ToString());
        var taken = await key.PerformAsync(new PerformOnShares(report.Request, approvals, report.Document, null), cancellationToken);
        if (!taken.ToOutcome().Is(out var performed, out var refusal)) return new Attempt(refusal, []);
        if (!performed.Nodes.Contains(request.Node))
        {
            var why = performed.Blamed.FirstOrDefault(blame => blame.Node == request.Node)?.Why;
            return new Attempt(new Refusal(RefusalCode.GridUnavailable, $"other holders took the fresh device of node {request.Node}, it itself did not ({why}); execute the request again"), []);
        }

        // Where an earlier execution, or the grid by itself, has got that far.
        var told = await key.GetAsync(cancellationToken);
        if (told.ToOutcome().Is(out var now, out _) && now.Holders.Any(holder => holder.Node == request.Node && holder.State == ShareReport.Held))
            return new Attempt(new Carried(request.Node, null, request.Key), []);
        return AttemptOf(await key.RepairAsync(request.Node, cancellationToken), request.Node);
    }

    private static Attempt AttemptOf(Answer<CeremonyReport> held, NodeId? node)
    {
        if (!held.ToOutcome().Is(out var ceremony, out var refusal)) return new Attempt(refusal, []);
        return ceremony.State switch
        {
            CeremonyReport.Done => new Attempt(new Carried(node ?? ceremony.Members[0].Node, null, ceremony.Key) { Ceremony = ceremony.Ceremony }, []),
            CeremonyReport.Failed => new Attempt(ceremony.Refusal!.ToRefusal(), []) { Ceremony = ceremony.Ceremony },
            _ => new Attempt(new Refusal(RefusalCode.GridUnavailable, $"the ceremony goes on ({StagesOf(ceremony)}); execute the request again to hear how it ends"), []) { Ceremony = ceremony.Ceremony },
        };
    }

    // How many members are how far.
    private static string StagesOf(CeremonyReport ceremony) => string.Join(
        ", ", ceremony.Members.GroupBy(member => member.Stage).OrderByDescending(same => same.Count()).Select(same => $"{same.Count()} {(same.Key.Length > 0 ? same.Key : "silent")}"));

    private static async Task<Attempt> EachAsync(
        IGrainFactory grains, RequestReport report, Hash256 key, NodeId? only, ImmutableArray<GivenApproval> approvals, CancellationToken cancellationToken)
    {
        var done = await grains.GetGrain<ISharedKeyGrain>(key.ToString())
            .PerformAsync(new PerformOnShares(report.Request, approvals, report.Document, only), cancellationToken);
        return done.ToOutcome().Is(out var performed, out var refusal) ? new Attempt(new Carried(performed.Nodes[0], null, key), []) : new Attempt(refusal, []);
    }
}
