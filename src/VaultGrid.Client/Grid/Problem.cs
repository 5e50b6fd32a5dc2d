namespace VaultGrid.Client;

/// <summary>A refusal as it stands in an answer: the stable code and a sentence for people.</summary>
/// <param name="Code">The code's name, such as <c>approval.quorum</c>.</param>
/// <param name="Detail">What was wrong, where, and what to do.</param>
public sealed record Problem(string Code, string Detail)
{
    /// <summary>Writes a refusal as a problem.</summary>
    public static Problem Of(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new Problem(refusal.Code.Name(), refusal.Detail);
    }
}
