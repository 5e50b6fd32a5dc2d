using VaultGrid.Client;

namespace VaultGrid.Cli.Hsm;

/// <summary>A ceremony may outlast the call that began it: the same request again hears how it ends, and the command waits for that.</summary>
internal static class CeremonyPatience
{
    private const int Calls = 15;

    private static readonly string[] Actions = ["create-key", "refresh-key", "reshare-key"];

    /// <summary>Executes a request, again as long as its ceremony goes on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="request">The request's hash, which names its ceremony.</param>
    /// <param name="action">Its action.</param>
    /// <param name="execute">Has it carried out.</param>
    public static async Task<Outcome<RequestStatus>> WaitAsync(Invocation run, Hash256 request, string action, Func<Task<Outcome<RequestStatus>>> execute)
    {
        var outcome = await execute();
        for (var call = 1; call < Calls && Actions.Contains(action) && IsUnavailable(outcome) && await GoesOnAsync(run, request); call++)
        {
            run.Screen.Progress("the ceremony goes on");
            outcome = await execute();
        }

        return outcome;
    }

    private static bool IsUnavailable(Outcome<RequestStatus> outcome) => outcome.Is(out var status, out var refusal)
        ? status is { State: not "done", Refusal: { } last } && last.Code == RefusalCode.GridUnavailable.Name()
        : refusal.Code == RefusalCode.GridUnavailable;

    private static async Task<bool> GoesOnAsync(Invocation run, Hash256 ceremony) =>
        (await run.Grid.SharedKeys.GetCeremonyAsync(ceremony, run.Cancellation)).Is(out var known, out _) && known.State is "running" or "done";
}
