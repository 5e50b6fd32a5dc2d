using VaultGrid.Engine.Tests.Hosting;
using VaultGrid.Engine.Tests.Messages;

namespace VaultGrid.Engine.Tests.State;

public sealed class AccountGrain(
    [PersistentState("account")] IPersistentState<Account> stored,
    [PersistentState("account")] IPersistentState<Account> rival,
    Stage stage) : Grain, IAccountGrain
{
    private readonly Guid _activation = Guid.NewGuid();
    private long _opening;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _opening = stored.State.Balance;
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Reach($"left:{_activation}:{reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public async Task<long> Add(long amount)
    {
        stored.State.Balance += amount;
        stored.State.Verdicts["last"] = new Verdict.Yes((int)amount);
        stored.State.Key = [1, 2, 3];
        stored.State.Place = new Place("vault");
        await stored.WriteStateAsync(CancellationToken.None);
        return stored.State.Balance;
    }

    public Task<long> OpeningBalance() => Task.FromResult(_opening);

    public Task<(long Balance, bool Exists, string? Etag)> Balance() =>
        Task.FromResult((stored.State.Balance, stored.RecordExists, stored.Etag));

    public Task Clear() => stored.ClearStateAsync(CancellationToken.None);

    public Task<Guid> Leave()
    {
        DeactivateOnIdle();
        return Task.FromResult(_activation);
    }

    public Task<Guid> Activation() => Task.FromResult(_activation);

    public async Task Race()
    {
        rival.State.Balance = 1000;
        await rival.WriteStateAsync(CancellationToken.None);
        stored.State.Balance = -1;
        await stored.WriteStateAsync(CancellationToken.None);
    }
}
