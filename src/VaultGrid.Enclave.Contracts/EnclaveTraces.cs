namespace VaultGrid.Enclave.Contracts;

/// <summary>Under which name calls to enclaves are traced.</summary>
public static class EnclaveTraces
{
    /// <summary>The activity source.</summary>
    public const string SourceName = "VaultGrid.Enclave";
}
