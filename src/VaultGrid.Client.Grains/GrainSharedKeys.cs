using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Client.Grains;

/// <summary>Shared keys over the grains.</summary>
internal sealed class GrainSharedKeys(IGrainFactory grains) : ISharedKeyGrid
{
    private ISharedKeyBridgeGrain Door => grains.GetGrain<ISharedKeyBridgeGrain>(IGridGrain.Key);

    public async Task<Outcome<Page<SharedKeyStatus>>> ListAsync(SharedKeyQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Limit is < 1 or > PageQuery.LimitMax) return new Refusal(RefusalCode.PageInvalid, $"a page has 1 to {PageQuery.LimitMax} items, not {query.Limit}");
        if (query.After is { } after && !Hash256.TryParse(after, out _)) return new Refusal(RefusalCode.PageInvalid, "the page's mark is none that a listing of shared keys gave");
        return await GrainDoor.AskAsync(() => Door.ListAsync(query.After, query.Name, query.Limit, cancellationToken), SharedKeyMapping.Page).ConfigureAwait(false);
    }

    public Task<Outcome<SharedKeyStatus>> GetAsync(Hash256 key, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Door.GetAsync(key, cancellationToken), SharedKeyMapping.Status);

    public Task<Outcome<SharedKeyEvidence>> GetEvidenceAsync(Hash256 key, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Door.GetEvidenceAsync(key, cancellationToken), SharedKeyMapping.Evidence);

    public Task<Outcome<MessageSignatureStatus>> SignAsync(Hash256 key, KeyCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var document = new CallDocument(new SignedCall(call.Body, call.Certificate, call.Signature), call.Parameters);
        return GrainDoor.AskAsync(() => Door.SignAsync(key, new SignMessage(document.ToBytes(), []), cancellationToken), SharedKeyMapping.Signature);
    }

    public Task<Outcome<KeyEvaluations>> EvaluateAsync(Hash256 key, KeyCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var command = new EvaluateKey(call.Body, call.Certificate, call.Signature, call.Parameters, [.. call.Besides ?? []]);
        return GrainDoor.AskAsync(() => Door.EvaluateAsync(key, command, cancellationToken), SharedKeyMapping.Evaluations);
    }

    public Task<Outcome<KeyBackup>> BackupAsync(Hash256 key, BackupOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return GrainDoor.AskAsync(() => Door.BackupAsync(key, new BackupSharedKey([.. order.Administrators]), cancellationToken), SharedKeyMapping.Backup);
    }

    public Task<Outcome<CeremonyStatus>> RefreshAsync(Hash256 key, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Door.RefreshAsync(key, cancellationToken), SharedKeyMapping.Ceremony);

    public Task<Outcome<CeremonyStatus>> RepairAsync(Hash256 key, NodeId holder, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Door.RepairAsync(key, holder, cancellationToken), SharedKeyMapping.Ceremony);

    public Task<Outcome<CeremonyStatus>> GetCeremonyAsync(Hash256 ceremony, CancellationToken cancellationToken) =>
        GrainDoor.AskAsync(() => Door.GetCeremonyAsync(ceremony, cancellationToken), SharedKeyMapping.Ceremony);
}
