namespace VaultGrid.Enclave;

/// <summary>What the program ends with.</summary>
internal static class ExitCodes
{
    /// <summary>Stopped as asked.</summary>
    public const int Done = 0;

    /// <summary>Refused to start: the store, the sealing key, the socket or the hardening.</summary>
    public const int Refused = 1;

    /// <summary>The command line can't be understood.</summary>
    public const int Usage = 2;

    /// <summary>Ended by a fault of its own; the store is as it was at the last answer.</summary>
    public const int Fault = 3;
}
