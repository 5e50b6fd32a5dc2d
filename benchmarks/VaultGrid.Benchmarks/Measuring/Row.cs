namespace VaultGrid.Benchmarks;

/// <summary>A row of the table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit"><c>1/s</c> (more is better), <c>ms</c> or <c>us</c> (less is better).</param>
/// <param name="Value">The median of the rounds.</param>
/// <param name="Spread">From the least round to the greatest, as a part of the median.</param>
/// <param name="Peer">The row that it is held against, measured in the same run; null for none.</param>
/// <param name="PeerValue">That row's value, in the same unit.</param>
internal sealed record Row(string Name, string Unit, double Value, double Spread, string? Peer, double? PeerValue)
{
    /// <summary>Value / PeerValue.</summary>
    public double? Ratio => Value / PeerValue;
}
