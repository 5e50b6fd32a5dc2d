namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>Which shares each participant of a session multiplies: every share once (<see cref="ShareTable.Combination"/>).</summary>
public sealed class ShareCombination
{
    private readonly IReadOnlyList<IReadOnlyList<int>> _given;

    internal ShareCombination(IReadOnlyList<IReadOnlyList<int>> given) => _given = given;

    /// <summary>The shares of the participant at a place, from 0; possibly none, and its factor is 1.</summary>
    public IReadOnlyList<int> this[int place] => _given[place];
}
