namespace VaultGrid.Grains.Customers;

/// <summary>Lets a cluster make a key only where its customer's limit has room.</summary>
internal static class KeyAllowance
{
    /// <summary>Carries out an action; one that makes a key takes a place first and gives it back afterwards.</summary>
    public static async Task<Outcome<T>> WithinAsync<T>(IGrainFactory grains, ClusterId cluster, Request request, Func<Task<Outcome<T>>> carryOut, CancellationToken cancellationToken)
        where T : notnull
    {
        if (NewKey(request) is not { } key) return await carryOut();
        var place = new KeyPlace(cluster, request.Id, key);
        var customers = grains.GetGrain<ICustomersGrain>(IGridGrain.Key);
        if ((await customers.EnterAsync(place, cancellationToken)).Refusal is { } refused) return refused.ToRefusal();
        try
        {
            return await carryOut();
        }
        finally
        {
            await customers.LeaveAsync(place, CancellationToken.None);
        }
    }

    /// <summary>The same for a key that several clusters hold: each has to have room.</summary>
    public static Task<Outcome<T>> WithinAllAsync<T>(
        IGrainFactory grains, ImmutableArray<ClusterId> clusters, Request request, Func<Task<Outcome<T>>> carryOut, CancellationToken cancellationToken)
        where T : notnull => clusters is [var first, .. var others]
        ? WithinAsync(grains, first, request, () => WithinAllAsync(grains, others, request, carryOut, cancellationToken), cancellationToken)
        : carryOut();

    private static KeyId? NewKey(Request request) => request switch
    {
        CreateKeyRequest create => create.KeyId,
        DealKeyRequest deal => deal.KeyId,
        GenerateKeyRequest generate => generate.KeyId,
        _ => null,
    };
}
