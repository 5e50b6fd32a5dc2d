namespace VaultGrid.Client;

/// <summary>
/// One more try, with a call signed anew, where only its second was wrong: calls tell time in whole seconds. An enclave can't know whether its
/// predecessor answered a call that was signed in the second in which it started (<c>enclave.busy</c>), and a clock a few milliseconds ahead
/// signs calls that live too long (<c>call.expired</c>). A second later neither holds.
/// </summary>
internal static class CallAgain
{
    /// <summary>True where a call signed a second later may be answered.</summary>
    public static bool Helps(RefusalCode code) => code is RefusalCode.EnclaveBusy or RefusalCode.CallExpired;

    /// <summary>Waits for the next second.</summary>
    public static Task PauseAsync(TimeProvider time, CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);

    /// <summary>Asks, and once more a second later where that helps.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="ask">Signs a call and has it answered; each time another call.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<Outcome<T>> AskAsync<T>(TimeProvider time, Func<Task<Outcome<T>>> ask, CancellationToken cancellationToken)
        where T : notnull
    {
        var outcome = await ask().ConfigureAwait(false);
        if (outcome.Refusal is not { } refusal || !Helps(refusal.Code)) return outcome;
        await PauseAsync(time, cancellationToken).ConfigureAwait(false);
        return await ask().ConfigureAwait(false);
    }
}
