using System.Collections.Concurrent;
using VaultGrid.Grains.Authorities;

namespace VaultGrid.Grains.Trusts;

/// <summary>Signed Trusts that this silo has seen, by hash: a Trust that was signed never changes.</summary>
internal sealed class TrustDocuments(AuthoritiesView authorities)
{
    private const int Limit = 256;

    private readonly ConcurrentDictionary<Hash256, Trust> _known = new();

    /// <summary>A signed Trust; <c>trust.unknown</c> where the grid has none with this hash, or an HSM hasn't signed it yet.</summary>
    public async ValueTask<Outcome<Trust>> FindAsync(IGrainFactory grains, Hash256 hash, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(hash, out var known)) return known;
        var answer = await grains.GetGrain<ITrustGrain>(hash.ToString()).GetAsync(cancellationToken);
        if (!answer.ToOutcome().Is(out var report, out var refusal)) return refusal;
        if (report.State != TrustState.Signed) return new Refusal(RefusalCode.TrustUnknown, $"no HSM has signed Trust {hash} yet");
        if (!Trust.Parse(report.Document.Span, authorities.Certificates).Is(out var trust, out refusal)) return refusal;

        if (_known.Count >= Limit) _known.Clear();
        return _known[hash] = trust;
    }
}
