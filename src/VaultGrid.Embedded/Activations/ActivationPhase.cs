namespace VaultGrid.Embedded.Activations;

/// <summary>Creating → Active → Ending → Ended; a failed creation goes straight to Ended.</summary>
internal enum ActivationPhase
{
    /// <summary>State is being read and OnActivateAsync runs: calls wait.</summary>
    Creating,

    /// <summary>Calls run.</summary>
    Active,

    /// <summary>Running calls finish, then OnDeactivateAsync runs: new calls wait for the successor.</summary>
    Ending,

    /// <summary>Nothing is accepted any more.</summary>
    Ended,
}
