using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Enclaves;

namespace VaultGrid.Grains.Clusters.Synchronisation;

/// <summary>Carries the three messages of a duplication between two enclaves: what is secret in them is sealed to the joiner.</summary>
internal sealed class KeyCopying(IGrainFactory grains)
{
    /// <summary>Asks one holder after the other until the joiner has the key.</summary>
    public async Task<Outcome<HeldKey>> CopyAsync(MissingKey missing, CancellationToken cancellationToken)
    {
        var last = new Refusal(RefusalCode.KeyUnknown, $"no member holds '{missing.KeyId}'");
        foreach (var holder in missing.Holders)
        {
            var outcome = await CopyAsync(missing, holder, cancellationToken);
            if (outcome.Is(out _, out var refusal)) return outcome;
            last = refusal;
        }

        return last;
    }

    private async Task<Outcome<HeldKey>> CopyAsync(MissingKey missing, NodeId holder, CancellationToken cancellationToken)
    {
        var joiner = grains.Enclave(missing.Joiner);
        if (!(await joiner.AskAsync(new JoinCall(missing.KeyId), cancellationToken)).Is(out var asked, out var refusal)) return refusal;
        if (!(await grains.Enclave(holder).AskAsync(new ReleaseCall(asked), cancellationToken)).Is(out var released, out refusal)) return refusal;
        return await joiner.AskAsync(new AcceptCall(released), cancellationToken);
    }
}
