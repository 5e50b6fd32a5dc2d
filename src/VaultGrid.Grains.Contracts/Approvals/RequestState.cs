namespace VaultGrid.Grains;

/// <summary>Where a request stands.</summary>
[GenerateSerializer, Alias("vg.approval.state.v1")]
public enum RequestState
{
    /// <summary>It gathers approvals, or can be tried again.</summary>
    Open = 0,

    /// <summary>An enclave carried it out.</summary>
    Done = 1,

    /// <summary>An enclave refused it for good.</summary>
    Refused = 2,

    /// <summary>Nobody carried it out in time.</summary>
    Expired = 3,
}

/// <summary>The names of <see cref="RequestState"/>.</summary>
public static class RequestStates
{
    /// <summary>The name in answers and queries.</summary>
    public static string Name(this RequestState state) => state switch
    {
        RequestState.Open => "open",
        RequestState.Done => "done",
        RequestState.Refused => "refused",
        RequestState.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a request's state."),
    };

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string text, out RequestState state)
    {
        foreach (var candidate in Enum.GetValues<RequestState>())
        {
            if (candidate.Name() != text) continue;
            state = candidate;
            return true;
        }

        state = default;
        return false;
    }
}
