namespace VaultGrid.Client;

/// <summary>Whether a call may be made again without harm.</summary>
internal enum Repeating
{
    /// <summary>Doing it twice comes to the same.</summary>
    Harmless,

    /// <summary>Only where it is certain that nothing was done.</summary>
    IfNothingWasDone,
}
