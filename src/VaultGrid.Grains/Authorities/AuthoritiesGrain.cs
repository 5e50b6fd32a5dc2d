using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Enclaves;

namespace VaultGrid.Grains.Authorities;

/// <summary>Keeps the newest CAs and lists and brings them round. Whoever uses them verifies them again.</summary>
internal sealed partial class AuthoritiesGrain(
    [PersistentState("authorities")] IPersistentState<AuthoritiesState> stored,
    TimeProvider time,
    ILogger<AuthoritiesGrain> logger) : Grain, IAuthoritiesGrain
{
    public Task<Answer<AuthoritiesBundle>> GetAsync(CancellationToken cancellationToken) => Task.FromResult<Answer<AuthoritiesBundle>>(
        stored.State.Set.IsEmpty
            ? new Refusal(RefusalCode.ResourceUnknown, "no authorities have been published yet")
            : new AuthoritiesBundle(stored.State.Set));

    public async Task<Answer<AuthoritiesBundle>> LearnAsync(AuthoritiesBundle bundle, CancellationToken cancellationToken)
    {
        if (!AuthorityMergeStep.Add(stored.State.Set.Span, bundle.Bundle.Span, time.GetUtcNow()).Is(out var set, out var refusal)) return refusal;

        var next = set.ToBytes();
        if (!PublicBytes.Equal(next, stored.State.Set.Span))
        {
            stored.State.Set = next;
            await stored.WriteStateAsync(cancellationToken);
            LogLearned(logger, set.Authorities.Length);
        }

        return new AuthoritiesBundle(next);
    }

    public async Task<Answer<PublishedAuthorities>> PublishAsync(AuthoritiesBundle bundle, CancellationToken cancellationToken)
    {
        var learned = await LearnAsync(bundle, cancellationToken);
        if (!learned.ToOutcome().Is(out var all, out var refusal)) return refusal;

        var nodes = await GrainFactory.GetGrain<IGridGrain>(IGridGrain.Key).GetNodesAsync(cancellationToken);
        var verdicts = await Task.WhenAll(nodes.Nodes.Select(node => BringAsync(node, all, cancellationToken)));
        return new PublishedAuthorities([.. verdicts]);
    }

    private async Task<NodeVerdict> BringAsync(NodeId node, AuthoritiesBundle bundle, CancellationToken cancellationToken)
    {
        var outcome = await GrainFactory.Enclave(node).AskAsync(new AddAuthoritiesCall(bundle.Bundle), cancellationToken);
        return new NodeVerdict(node, outcome.Refusal is { } refusal ? Refused.Of(refusal) : null);
    }
}
