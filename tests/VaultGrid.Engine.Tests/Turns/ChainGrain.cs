using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Turns;

public sealed class ChainGrain(Stage stage) : Grain, IChainGrain
{
    public async Task<string> GoRound(string other, bool allow, CancellationToken cancellationToken)
    {
        if (!allow)
        {
            return await GrainFactory.GetGrain<IChainGrain>(other).CallBack(this.GetPrimaryKeyString(), cancellationToken);
        }

        using (RequestContext.AllowCallChainReentrancy())
        {
            return await GrainFactory.GetGrain<IChainGrain>(other).CallBack(this.GetPrimaryKeyString(), cancellationToken);
        }
    }

    public async Task<string> CallBack(string first, CancellationToken cancellationToken)
    {
        stage.Reach("back:" + first);
        return await GrainFactory.GetGrain<IChainGrain>(first).Answer(cancellationToken);
    }

    public Task<string> Answer(CancellationToken cancellationToken)
    {
        stage.Reach("answered:" + this.GetPrimaryKeyString());
        return Task.FromResult("round");
    }

    public async Task<bool> Fan(string one, string other)
    {
        var (first, second) = (GrainFactory.GetGrain<IChainGrain>(one), GrainFactory.GetGrain<IChainGrain>(other));
        var met = await Task.WhenAll(first.Occupy(one, other), second.Occupy(other, one));
        return met.All(yes => yes);
    }

    public Task<bool> Occupy(string mine, string theirs)
    {
        stage.Reach(mine);
        return Task.FromResult(stage.Until(theirs).ContinueWith(reached => reached.IsCompletedSuccessfully, TaskScheduler.Default).Result);
    }
}
