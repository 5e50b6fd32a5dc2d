using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Domains;
using VaultGrid.Grains.Enclaves;
using VaultGrid.Grains.Trusts;

namespace VaultGrid.Grains.Rewraps;

/// <summary>Re-wraps one page of Domains: in batches, side by side, each by an HSM that both Trusts name, and puts each next revision in its Domain's place.</summary>
internal sealed class RewrapPage(IGrainFactory grains, TrustDocuments documents, ITrustCatalogue catalogue, TrustId chain, Trust newest)
{
    private const int BatchSize = 64;

    private static uint _turn;

    /// <summary>Does it; what is refused stays as it is.</summary>
    /// <returns>How many were re-wrapped, and those that were not.</returns>
    public async Task<(int Done, ImmutableArray<RefusedDomain> Refused)> RunAsync(IEnumerable<DomainReport> domains, CancellationToken cancellationToken)
    {
        var batches = domains.GroupBy(domain => domain.Trust).SelectMany(group => group.Chunk(BatchSize).Select(chunk => (Trust: group.Key, Domains: chunk)));
        var results = await Task.WhenAll(batches.Select(batch => BatchAsync(batch.Trust, batch.Domains, cancellationToken)));
        return (results.Sum(result => result.Done), [.. results.SelectMany(result => result.Refused)]);
    }

    private async Task<(int Done, ImmutableArray<RefusedDomain> Refused)> BatchAsync(Hash256 trust, DomainReport[] listed, CancellationToken cancellationToken)
    {
        if (!(await documents.FindAsync(grains, trust, cancellationToken)).Is(out var before, out var refusal)) return All(listed, refusal);

        // The listing has no documents, and may be behind.
        var answers = await Task.WhenAll(listed.Select(domain => grains.GetGrain<IDomainGrain>(domain.Domain.ToString()).GetAsync(cancellationToken)));
        var known = answers.Select(answer => answer.Value).OfType<DomainReport>().ToLookup(domain => domain.Trust == trust && !domain.Retired);

        // A crash between the two writes left these rows behind their Domains: they follow now, or every pass would find them again and do nothing.
        await Task.WhenAll(known[false].Select(domain => catalogue.SaveDomainAsync(domain, cancellationToken)));
        var domains = known[true].ToArray();
        if (domains.Length == 0) return (0, []);

        var outcome = await AskAsync(before, [.. domains.Select(domain => domain.SealedKeys)], cancellationToken);
        if (!outcome.Is(out var next, out refusal)) return All(domains, refusal);
        if (next.Count != domains.Length) return All(domains, new Refusal(RefusalCode.EnclaveFault, "the enclave answered for other Domains than were asked"));
        var taken = await Task.WhenAll(domains.Zip(next, (domain, one) => TakeAsync(domain, one, cancellationToken)));
        return (taken.Count(one => one.Done), [.. taken.Select(one => one.Refused).OfType<RefusedDomain>()]);
    }

    // Neither done nor refused: the next pass finds it.
    private async Task<(bool Done, RefusedDomain? Refused)> TakeAsync(DomainReport domain, RewrappedDomain rewrapped, CancellationToken cancellationToken)
    {
        switch (rewrapped)
        {
            case RewrappedDomain.Next next:
                var replaced = await grains.GetGrain<IDomainGrain>(domain.Domain.ToString()).ReplaceAsync(new ReplaceDomain(domain.Keys, next.Keys), cancellationToken);
                if (replaced.Refusal is not { } refused) return (true, null);

                // A conflict: somebody rotated it meanwhile.
                return (false, refused.ToRefusal().Code == RefusalCode.StateConflict ? null : new RefusedDomain(domain.Domain, refused));
            case RewrappedDomain.Refused left:
                return (false, left.Refusal.Code.IsRetriable() ? null : new RefusedDomain(domain.Domain, Refused.Of(left.Refusal)));
            default:
                throw new InvalidOperationException("An unlisted result.");
        }
    }

    // Batches begin at HSMs in turn, so all of them work.
    private async Task<Outcome<IReadOnlyList<RewrappedDomain>>> AskAsync(Trust before, IReadOnlyList<ReadOnlyMemory<byte>> domains, CancellationToken cancellationToken)
    {
        var call = new RewrapDomainsCall(chain, newest.Hash, domains);
        Refusal? telling = null;
        foreach (var node in Route(before.Body, newest.Body, Interlocked.Increment(ref _turn)))
        {
            var outcome = await AskAsync(node, before, call, cancellationToken);
            if (outcome.Is(out var done, out var refusal)) return (Outcome<IReadOnlyList<RewrappedDomain>>)done.ToArray();
            if (!DomainDecisions.IsPassedOver(refusal.Code)) return refusal;
            if (telling is null || telling.Code == RefusalCode.EnclaveDetached) telling = refusal;
        }

        return telling ?? new Refusal(RefusalCode.DomainForeign, "no HSM is named by the Trust that the Domains stand under and by the newest");
    }

    private async Task<Outcome<IReadOnlyList<RewrappedDomain>>> AskAsync(NodeId node, Trust before, RewrapDomainsCall call, CancellationToken cancellationToken)
    {
        var enclave = grains.Enclave(node);
        var outcome = await enclave.AskAsync(call, cancellationToken);
        if (outcome.Refusal?.Code != RefusalCode.TrustUnknown) return outcome;

        // It missed the newest, or remembers hashes alone since its start.
        var taught = await grains.GetGrain<ITrustChainGrain>(chain.ToString()).TeachAsync(node, cancellationToken);
        if (taught.Refusal is { } untaught) return untaught.ToRefusal();
        if (!(await enclave.AskAsync(new LearnTrustsCall([before.ToBytes()]), cancellationToken)).Is(out _, out var refusal)) return refusal;
        return await enclave.AskAsync(call, cancellationToken);
    }

    private static ImmutableArray<NodeId> Route(TrustBody before, TrustBody newest, uint turn)
    {
        ImmutableArray<NodeId> both = [.. newest.Hsms.Where(hsm => before.IndexOf(hsm.Signatory) >= 0).Select(hsm => hsm.Certificate.Identity.Node).OfType<NodeId>()];
        var first = both.IsEmpty ? 0 : (int)(turn % (uint)both.Length);
        return [.. both[first..], .. both[..first]];
    }

    private static (int, ImmutableArray<RefusedDomain>) All(IEnumerable<DomainReport> domains, Refusal refusal) =>
        (0, [.. domains.Select(domain => new RefusedDomain(domain.Domain, Refused.Of(refusal)))]);
}
