namespace VaultGrid.Grains;

/// <summary>Where a Trust stands.</summary>
[GenerateSerializer, Alias("vg.trust.state.v1")]
public enum TrustState
{
    /// <summary>It gathers signatures.</summary>
    Unsigned = 0,

    /// <summary>An HSM has sealed it: it is of the chain.</summary>
    Signed = 1,

    /// <summary>Another took its place.</summary>
    Passed = 2,
}

/// <summary>The names of <see cref="TrustState"/>.</summary>
public static class TrustStates
{
    /// <summary>The name in answers and queries.</summary>
    public static string Name(this TrustState state) => state switch
    {
        TrustState.Unsigned => "unsigned",
        TrustState.Signed => "signed",
        TrustState.Passed => "passed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a Trust's state."),
    };

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string text, out TrustState state)
    {
        foreach (var candidate in Enum.GetValues<TrustState>())
        {
            if (candidate.Name() != text) continue;
            state = candidate;
            return true;
        }

        state = default;
        return false;
    }
}
