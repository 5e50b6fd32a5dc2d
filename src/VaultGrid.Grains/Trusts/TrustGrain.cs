namespace VaultGrid.Grains.Trusts;

/// <summary>Keeps one Trust's document; its chain decides.</summary>
internal sealed class TrustGrain([PersistentState("trust")] IPersistentState<TrustStored> stored, ITrustCatalogue catalogue) : Grain, ITrustGrain
{
    public Task<Answer<TrustReport>> GetAsync(CancellationToken cancellationToken) => Task.FromResult<Answer<TrustReport>>(
        stored.State.Report is { } report ? report : new Refusal(RefusalCode.TrustUnknown, $"the grid has no Trust {this.GetPrimaryKeyString()}"));

    public async Task KeepAsync(TrustReport trust, CancellationToken cancellationToken)
    {
        var before = stored.State.Report;
        stored.State.Report = trust;
        try
        {
            await stored.WriteStateAsync(cancellationToken);
        }
        catch
        {
            stored.State.Report = before;
            throw;
        }

        // A crash between the two leaves the row behind until the chain keeps the Trust anew: every command that finds it does.
        await catalogue.SaveTrustAsync(trust, cancellationToken);
    }
}
