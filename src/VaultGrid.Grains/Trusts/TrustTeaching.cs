using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Enclaves;

namespace VaultGrid.Grains.Trusts;

/// <summary>Brings a chain's Trusts to an enclave that has missed some: those behind the newest that it knows, as many at a time as a frame takes.</summary>
internal sealed class TrustTeaching(TrustDocuments documents)
{
    // A frame less what surrounds the documents.
    private const int BatchBytes = EnclaveLimits.Frame - (64 * 1024);

    /// <summary>Brings what is missing; what the enclave refuses is answered.</summary>
    public async Task<Outcome<Done>> TeachAsync(IGrainFactory grains, NodeId node, TrustId chain, ImmutableArray<Hash256> trusts, CancellationToken cancellationToken)
    {
        var enclave = grains.Enclave(node);
        if (!(await enclave.AskAsync(new ChainsCall(), cancellationToken)).Is(out var chains, out var refusal)) return refusal;
        var known = (int)Math.Min(chains.FirstOrDefault(each => each.Id == chain)?.Number ?? 0, (ulong)trusts.Length);

        // The last that it knows is brought along: it may remember its hash alone, and needs the document to verify what follows.
        var batch = new List<ReadOnlyMemory<byte>>();
        var size = 0;
        foreach (var hash in trusts.Skip(Math.Max(0, known - 1)))
        {
            if (!(await documents.FindAsync(grains, hash, cancellationToken)).Is(out var trust, out refusal)) return refusal;
            var bytes = trust.ToBytes();
            if (batch.Count > 0 && size + bytes.Length > BatchBytes)
            {
                if (!(await enclave.AskAsync(new LearnTrustsCall([.. batch]), cancellationToken)).Is(out _, out refusal)) return refusal;
                batch.Clear();
                size = 0;
            }

            batch.Add(bytes);
            size += bytes.Length;
        }

        if (batch.Count == 0) return default(Done);
        return (await enclave.AskAsync(new LearnTrustsCall(batch), cancellationToken)).Then<Done>(_ => default(Done));
    }
}
