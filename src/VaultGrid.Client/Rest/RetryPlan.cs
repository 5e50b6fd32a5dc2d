using System.Security.Cryptography;

namespace VaultGrid.Client;

/// <summary>Decides whether an attempt is followed by another, and after which wait: exponential with full jitter, never shorter than asked.</summary>
internal sealed class RetryPlan(VaultGridClientOptions options)
{
    private const int Grain = 1 << 16;

    /// <summary>The wait before the next attempt, or null where the refusal stands.</summary>
    /// <param name="refusal">What the last attempt came to.</param>
    /// <param name="attempt">Its number, from 0.</param>
    /// <param name="mayRepeat">Whether the call may be made again.</param>
    /// <param name="asked">What the grid asked for.</param>
    public TimeSpan? Wait(Refusal refusal, int attempt, bool mayRepeat, TimeSpan? asked)
    {
        if (!mayRepeat || attempt >= options.Retries || !refusal.Code.IsRetriable()) return null;
        if (asked > options.RetryDelayMax) return null;

        var ceiling = Math.Min(options.RetryDelay.Ticks * Math.Pow(2, attempt), options.RetryDelayMax.Ticks);
        var drawn = TimeSpan.FromTicks((long)(ceiling * RandomNumberGenerator.GetInt32(1, Grain + 1) / Grain));

        // Asked waits are jittered too: everyone who was turned away was told the same.
        return asked is { } least ? least + drawn : drawn;
    }
}
