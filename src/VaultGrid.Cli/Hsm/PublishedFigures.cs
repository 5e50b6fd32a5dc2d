namespace VaultGrid.Cli.Hsm;

/// <summary>
/// What was published of the system that this one follows (16 servers, 1 GbE, one client; mean of many runs, in milliseconds), by the names of the rows; so that both stand side by side.
/// </summary>
internal static class PublishedFigures
{
    private static readonly Dictionary<string, (double Four, double Seven)> Known = new(StringComparer.Ordinal)
    {
        ["DKG Schnorr"] = (20.5, 25.9), ["DKG BLS"] = (130, 288), ["sign Schnorr"] = (21.5, 27.9), ["sign BLS"] = (81.7, 150), ["validate Schnorr"] = (3.9, 3.7),
        ["validate BLS"] = (11.0, 10.9), ["encrypt DiSE"] = (52.7, 75.3), ["decrypt DiSE"] = (51.3, 74.0),
    };

    /// <summary>The figure for a row; null where none was published.</summary>
    public static double? For(string row, int nodes, int faulty) => (Known.TryGetValue(row, out var published), nodes, faulty) switch
    {
        (true, 4, 1) => published.Four,
        (true, 7, 2) => published.Seven,
        _ => null,
    };
}
