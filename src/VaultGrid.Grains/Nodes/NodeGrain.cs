using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Enclaves;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Nodes;

/// <summary>
/// Fronts one enclave. What it stores is a memory of answers; the enclave is asked whenever it matters. It calls neither its cluster nor the
/// synchronisation, which both wait for it.
/// </summary>
internal sealed partial class NodeGrain(
    [PersistentState("node")] IPersistentState<NodeState> stored,
    TimeProvider time,
    EnclaveInstruments instruments,
    ILogger<NodeGrain> logger) : Grain, INodeGrain
{
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    private NodeId _node;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _node = NodeId.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        instruments.Forget(_node);
        return Task.CompletedTask;
    }

    public async Task<NodeReport> GetAsync(CancellationToken cancellationToken)
    {
        var outcome = await AskStatusAsync(cancellationToken);
        var report = outcome.Is(out var said, out _) ? said : Reports.Detached(_node, stored.State.Last);
        instruments.OnReport(report);
        return report;
    }

    public async Task<Answer<ProvisionedNode>> ProvisionAsync(ProvisionNode command, CancellationToken cancellationToken)
    {
        if (!ProvisioningCheck.Check(command).Is(out var algorithm, out var refusal)) return refusal;
        if (!(await AskStatusAsync(cancellationToken)).Is(out var report, out refusal)) return refusal;
        if (Remembered(command, report) is { } again) return again;

        var call = new ProvisionCall(_node, algorithm, command.Root, command.Admins, command.Adapter);
        if (!(await GrainFactory.Enclave(_node).AskAsync(call, cancellationToken)).Is(out var answer, out refusal)) return refusal;

        stored.State.Told = command;
        stored.State.Provisioned = new ProvisionedNode(answer.Request, answer.Admins);
        await stored.WriteStateAsync(cancellationToken);
        LogProvisioned(logger, _node);
        return stored.State.Provisioned;
    }

    public async Task<Answer<NodeReport>> CertifyAsync(CertifyNode command, CancellationToken cancellationToken)
    {
        var call = new CertifyCall(command.Certificate, command.Authorities);
        if (!(await GrainFactory.Enclave(_node).AskAsync(call, cancellationToken)).Is(out _, out var refusal)) return refusal;

        // The enclave took the bundle as proof, so it is worth handing to the others; it may well be known already.
        await GrainFactory.GetGrain<IAuthoritiesGrain>(IGridGrain.Key).LearnAsync(new AuthoritiesBundle(command.Authorities), cancellationToken);
        if (!(await AskStatusAsync(cancellationToken)).Is(out var report, out refusal)) return refusal;
        LogCertified(logger, _node);
        return report;
    }

    public async Task<Answer<NodeStatement>> GetWrapKeyAsync(KeyId key, CancellationToken cancellationToken) =>
        (await GrainFactory.Enclave(_node).AskAsync(new WrapKeyCall(key), cancellationToken)).Is(out var said, out var refusal)
            ? new NodeStatement(said.Statement, said.Certificate, said.Signature)
            : refusal;

    // The enclave's device key is in the report: a fresh enclave of the same name must not be given its predecessor's answer.
    private ProvisionedNode? Remembered(ProvisionNode command, NodeReport report) =>
        stored.State is { Told: { } told, Provisioned: { } answer } && report is { Phase: "provisioned" } && told.SaysTheSame(command)
            && DeviceRequest.Parse(answer.Request.Span).Is(out var request, out _)
            && new Hash256(request.Key.SpkiHash.Span) == report.DeviceKey
            ? answer
            : null;

    private async Task<Outcome<NodeReport>> AskStatusAsync(CancellationToken cancellationToken)
    {
        var outcome = await GrainFactory.Enclave(_node).AskAsync(new StatusCall(), cancellationToken);
        if (outcome.Is(out var held, out _) && held.Phase == EnclavePhase.Held)
        {
            // A start waits for its witnesses; a store that was rolled back waits for administrators, whatever is carried.
            await new WitnessCourier(GrainFactory).RunAsync(_node, cancellationToken);
            outcome = await GrainFactory.Enclave(_node).AskAsync(new StatusCall(), cancellationToken);
        }

        if (!outcome.Is(out var status, out var refusal)) return refusal;
        if (status.Node is { } named && named != _node)
            return new Refusal(RefusalCode.NodeForeign, $"the enclave attached as node {_node} says that it is node {named}");

        var now = time.GetUtcNow();
        var report = Reports.Of(_node, status, now);
        var last = stored.State.Last;
        stored.State.Last = report;

        // Being seen again is no news worth a write each time.
        if (last is null || now - last.LastSeen >= SeenEvery || !last.SaysTheSame(report)) await stored.WriteStateAsync(cancellationToken);
        return report;
    }
}
