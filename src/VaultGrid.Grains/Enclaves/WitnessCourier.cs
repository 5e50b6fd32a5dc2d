using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Enclaves;

/// <summary>
/// Carries an enclave's request to the other members of its cluster and their words back (protocols §2, rollback). It can't make, change or keep one that counts: what they
/// sign has the asker's nonce. A step costs one round to the others; signing takes none.
/// </summary>
internal sealed class WitnessCourier(IGrainFactory grains)
{
    private const int Rounds = 3;

    /// <summary>Carries until the enclave waits for nothing, or what there is to carry doesn't help.</summary>
    /// <returns>What the step that waited answered; no call where there was none, or where it waits still.</returns>
    public async Task<WitnessNeed> RunAsync(NodeId node, CancellationToken cancellationToken)
    {
        var nothing = new WitnessNeed(null, default, default);
        var others = (await grains.GetGrain<IGridGrain>(IGridGrain.Key).GetNodesAsync(cancellationToken)).Of(node.Cluster).Where(other => other != node).ToList();
        var port = grains.Enclave(node);
        if (!(await port.AskAsync(new WitnessesCall([]), cancellationToken)).Is(out var need, out _)) return nothing;
        for (var round = 0; round < Rounds && need.Request is { } request; round++)
        {
            var said = await Task.WhenAll(others.Select(other => grains.Enclave(other).AskAsync(new WitnessCall(request), cancellationToken)));
            var words = said.Select(outcome => outcome.Is(out var statement, out _) ? statement : null).OfType<SignedStatement>().ToList();
            if (words.Count == 0 || !(await port.AskAsync(new WitnessesCall(words), cancellationToken)).Is(out need, out _)) return nothing;
        }

        return need.Request is null ? need : nothing;
    }
}
