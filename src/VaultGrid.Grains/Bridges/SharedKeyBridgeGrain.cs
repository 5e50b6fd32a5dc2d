using Orleans.Concurrency;

namespace VaultGrid.Grains.Bridges;

/// <summary>Lets calls in to shared keys, as many as the grid can take. On every silo as often as needed.</summary>
[StatelessWorker, Reentrant]
internal sealed class SharedKeyBridgeGrain(BridgeAdmission admission) : Grain, ISharedKeyBridgeGrain
{
    private const string Door = "shared-keys";

    public Task<Answer<SharedKeyPage>> ListAsync(string? after, KeyId? name, int limit, CancellationToken cancellationToken) => EnterAsync<SharedKeyPage>(async () =>
    {
        var listed = await GrainFactory.GetGrain<ISharedKeyListGrain>(IGridGrain.Key).ListAsync(after, name, limit, cancellationToken);
        var answers = await Task.WhenAll(listed.Keys.Select(entry => KeyGrain(entry.Key).GetAsync(cancellationToken)));
        var keys = ImmutableArray.CreateBuilder<SharedKeyReport>(answers.Length);
        foreach (var answer in answers)
        {
            if (!answer.ToOutcome().Is(out var key, out var refusal)) return refusal;
            keys.Add(key);
        }

        return new SharedKeyPage(keys.ToImmutable(), listed.More);
    });

    public Task<Answer<SharedKeyReport>> GetAsync(Hash256 key, CancellationToken cancellationToken) => EnterAsync(() => KeyGrain(key).GetAsync(cancellationToken));

    public Task<Answer<SharedKeyEvidenceReport>> GetEvidenceAsync(Hash256 key, CancellationToken cancellationToken) =>
        EnterAsync(() => KeyGrain(key).GetEvidenceAsync(cancellationToken));

    public Task<Answer<MessageSignatureReport>> SignAsync(Hash256 key, SignMessage command, CancellationToken cancellationToken) =>
        EnterAsync(() => KeyGrain(key).SignAsync(command, cancellationToken));

    public Task<Answer<EvaluationsReport>> EvaluateAsync(Hash256 key, EvaluateKey command, CancellationToken cancellationToken) =>
        EnterAsync(() => KeyGrain(key).EvaluateAsync(command, cancellationToken));

    public Task<Answer<StatementsReport>> BackupAsync(Hash256 key, BackupSharedKey command, CancellationToken cancellationToken) =>
        EnterAsync(() => KeyGrain(key).BackupAsync(command, cancellationToken));

    public Task<Answer<CeremonyReport>> RefreshAsync(Hash256 key, CancellationToken cancellationToken) => EnterAsync(() => KeyGrain(key).RefreshAsync(cancellationToken));

    public Task<Answer<CeremonyReport>> RepairAsync(Hash256 key, NodeId node, CancellationToken cancellationToken) =>
        EnterAsync(() => KeyGrain(key).RepairAsync(node, cancellationToken));

    public Task<Answer<CeremonyReport>> GetCeremonyAsync(Hash256 ceremony, CancellationToken cancellationToken) =>
        EnterAsync(() => GrainFactory.GetGrain<ICeremonyGrain>(ceremony.ToString()).GetAsync(cancellationToken));

    private ISharedKeyGrain KeyGrain(Hash256 key) => GrainFactory.GetGrain<ISharedKeyGrain>(key.ToString());

    private Task<Answer<T>> EnterAsync<T>(Func<Task<Answer<T>>> call)
        where T : class => admission.RunAsync(Door, call);
}
