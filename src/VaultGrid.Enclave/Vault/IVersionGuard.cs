namespace VaultGrid.Enclave;

/// <summary>Remembers outside of the store the highest version that took effect, so that an older store is noticed: a file on another volume, a TPM counter, witnesses.</summary>
internal interface IVersionGuard
{
    /// <summary>The version it remembers; null where it was never raised.</summary>
    /// <returns>The version, or <c>store.tampered</c> where what it remembers can't be read.</returns>
    Outcome<ulong> Read(out bool exists);

    /// <summary>Raises it, durably, before the step's answer leaves.</summary>
    void Raise(ulong version);
}
