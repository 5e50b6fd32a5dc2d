using System.Security.Cryptography;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>Makes the plan of a ceremony out of what is to be done and what the grid knows; enclaves check all of it.</summary>
internal sealed class CeremonyPlanning(SharedKeyDesk desk, IGrainFactory grains)
{
    /// <summary>Plans it under a fresh id.</summary>
    /// <returns>The plan, and what new holders are brought beside it.</returns>
    public async Task<Outcome<(CeremonyPlan Plan, byte[] Document)>> PlanAsync(CeremonyOrder order, ImmutableArray<NodeId> avoid, CancellationToken cancellationToken)
    {
        var request = Hash256.Sha256(order.Request.Span);
        if (order.Kind == CeremonyKinds.Generate) return await GenerateAsync(order, request, cancellationToken);

        var told = await grains.GetGrain<ISharedKeyGrain>(order.Key!.Value.ToString()).GetEvidenceAsync(cancellationToken);
        if (!told.ToOutcome().Is(out var known, out var refusal)) return refusal;
        if (!EnclaveDocuments.Certified(known.Certified.Span).Is(out var certified, out refusal)) return refusal;
        if (!EnclaveDocuments.Evidence(known.Evidence.Span).Is(out var evidence, out refusal)) return refusal;
        var version = certified.Version;
        var holders = FreshDevices.HoldersOf(version, known.Replacements);
        return order.Kind switch
        {
            CeremonyKinds.Refresh => (Plan(CeremonyKind.Refresh, version, order.Request.IsEmpty ? default : request, holders, Places(holders), Places(holders), version.Faulty), []),
            CeremonyKinds.Reshare => await ReshareAsync(order, request, certified, holders, evidence, cancellationToken),
            CeremonyKinds.Repair => await RepairAsync(order, version, holders, avoid, cancellationToken),
            _ => new Refusal(RefusalCode.InputUnsupported, $"there is no ceremony '{order.Kind}'"),
        };
    }

    private static Hash256 NewId() => new(RandomNumberGenerator.GetBytes(Hash256.Length));

    private static CeremonyPlan Plan(
        CeremonyKind kind, KeyVersion version, Hash256 request, IReadOnlyList<KeyHolder> members, IReadOnlyList<byte> dealers, IReadOnlyList<byte> receivers, byte faulty) =>
        new(NewId(), kind, version.Key, version.Hash(), request, members, dealers, receivers, faulty);

    private static byte[] Places(IReadOnlyCollection<KeyHolder> members) => [.. Enumerable.Range(0, members.Count).Select(place => (byte)place)];

    private async Task<Outcome<(CeremonyPlan, byte[])>> GenerateAsync(CeremonyOrder order, Hash256 request, CancellationToken cancellationToken)
    {
        if (!RequestDocument.Parse(order.Request.Span).Is(out var document, out var refusal)) return refusal;
        if (document.Request is not GenerateKeyRequest generate) return new Refusal(RefusalCode.RequestAction, "this request asks for no shared key");
        if (!(await HoldersAsync(generate.Holders, cancellationToken)).Is(out var holders, out refusal)) return refusal;
        var places = Places(holders);
        return (new CeremonyPlan(NewId(), CeremonyKind.Generate, default, default, request, holders, places, places, (byte)generate.Holders.Faulty), order.Document.ToArray());
    }

    private async Task<Outcome<(CeremonyPlan, byte[])>> ReshareAsync(
        CeremonyOrder order, Hash256 request, CertifiedVersion certified, IReadOnlyList<KeyHolder> old, KeyEvidence evidence, CancellationToken cancellationToken)
    {
        if (!RequestDocument.Parse(order.Request.Span).Is(out var document, out var refusal)) return refusal;
        if (document.Request is not ReshareKeyRequest reshare) return new Refusal(RefusalCode.RequestAction, "this request asks for no resharing");
        if (!(await HoldersAsync(reshare.Holders, cancellationToken)).Is(out var receivers, out refusal)) return refusal;
        List<KeyHolder> members = [.. old, .. receivers.Where(receiver => !old.Contains(receiver))];
        var plan = Plan(
            CeremonyKind.Reshare, certified.Version, request, members, Places(old), [.. receivers.Select(receiver => (byte)members.IndexOf(receiver))], (byte)reshare.Holders.Faulty);
        return (plan, EnclaveDocuments.ForNewHolder(certified, evidence));
    }

    private async Task<Outcome<(CeremonyPlan, byte[])>> RepairAsync(
        CeremonyOrder order, KeyVersion version, IReadOnlyList<KeyHolder> holders, ImmutableArray<NodeId> avoid, CancellationToken cancellationToken)
    {
        if (holders.FirstOrDefault(holder => holder.Node == order.Node) is not { } lost)
            return new Refusal(RefusalCode.StateConflict, $"node {order.Node} holds no share of version {version.Number}");

        var others = holders.Where(holder => holder != lost).ToList();
        var answering = await Task.WhenAll(others.Select(async holder => (Holder: holder, Answers: (await desk.SessionKeyAsync(grains, holder.Node, cancellationToken)).Refusal is null)));
        var helpers = answering.OrderBy(entry => avoid.Contains(entry.Holder.Node)).ThenByDescending(entry => entry.Answers).Select(entry => entry.Holder).Take(version.Faulty + 1)
            .OrderBy(helper => others.IndexOf(helper)).ToList();
        List<KeyHolder> members = [lost, .. helpers];
        return (Plan(CeremonyKind.Repair, version, default, members, [.. helpers.Select(helper => (byte)members.IndexOf(helper))], [0], version.Faulty), []);
    }

    // A holder is a node and its D key, as its certificate says it; a node that does not answer is taken by the certificate that it had.
    private async Task<Outcome<IReadOnlyList<KeyHolder>>> HoldersAsync(HolderSet holders, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(holders.Nodes.Select(async node =>
        {
            var said = await desk.SessionKeyAsync(grains, node, cancellationToken);
            ReadOnlyMemory<byte> certificate = said.Is(out var statement, out _)
                ? statement.Certificate
                : (await grains.GetGrain<INodeGrain>(node.ToString()).GetAsync(cancellationToken)).Certificate;
            return certificate.IsEmpty ? null : desk.Authorities.Certificates.Parse(certificate.Span).Is(out var parsed, out _) ? new KeyHolder(node, new Hash256(parsed.Key.SpkiHash.Span)) : null;
        }));
        return found.Any(holder => holder is null)
            ? new Refusal(RefusalCode.GridUnavailable, $"node {holders.Nodes[Array.IndexOf(found, null)]} has no certificate that the grid knows")
            : found!;
    }
}
