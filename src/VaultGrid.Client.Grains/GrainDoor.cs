namespace VaultGrid.Client.Grains;

/// <summary>Turns the engine's own failures into refusals: to the caller they are a grid that can't be used right now.</summary>
internal static class GrainDoor
{
    public static async Task<Outcome<TValue>> AskAsync<TMessage, TValue>(Func<Task<Answer<TMessage>>> call, Func<TMessage, Outcome<TValue>> map)
        where TMessage : class
        where TValue : notnull
    {
        try
        {
            var answer = await call().ConfigureAwait(false);
            return answer.ToOutcome().Then(map);
        }
        catch (LimitExceededException)
        {
            return new Refusal(RefusalCode.GridOverloaded, "too many calls wait in the grid; try again in a second");
        }
        catch (TimeoutException)
        {
            return new Refusal(RefusalCode.GridUnavailable, "the grid did not answer in time; the call may still take effect, and may be repeated");
        }
        catch (OrleansException failure)
        {
            return new Refusal(RefusalCode.GridUnavailable, $"the grid could not take the call ({failure.GetType().Name}); it may be repeated");
        }
    }
}
