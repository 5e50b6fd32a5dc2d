namespace VaultGrid.Enclave;

/// <summary>The moments of taking a step at which tests stop the enclave.</summary>
internal enum SaveStep
{
    /// <summary>Nothing is written.</summary>
    Before,

    /// <summary>The new store is on disk under another name.</summary>
    Written,

    /// <summary>The new store is in place; the guard isn't raised.</summary>
    Renamed,

    /// <summary>The guard is raised; the answer hasn't left.</summary>
    Guarded,
}
