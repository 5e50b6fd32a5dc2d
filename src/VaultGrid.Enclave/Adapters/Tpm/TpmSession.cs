namespace VaultGrid.Enclave;

/// <summary>An authorisation session in a TPM; flushed when it is done with.</summary>
internal sealed class TpmSession(EsysHandle context, uint handle) : IDisposable
{
    public uint Handle => handle;

    public void Dispose() => _ = Esys.FlushContext(context, handle);
}
