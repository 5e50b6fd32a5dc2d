namespace VaultGrid.Enclave;

/// <summary>
/// The version guard in a TPM (protocols §2): an NV counter stands at the store's version plus a base, which is what the counter stood at when the
/// store was begun. The base lies in the store's head, which the sealing authenticates.
/// </summary>
internal sealed class TpmVersionGuard(TpmAdapter adapter, string storePath) : IVersionGuard
{
    /// <inheritdoc/>
    /// <remarks>Without a store there is nothing to compare: a new store begins at where the counter stands, and every older one lies below it.</remarks>
    public Outcome<ulong> Read(out bool exists)
    {
        exists = false;
        if (!File.Exists(storePath)) return 0UL;

        // A head that can't be read is refused by whoever opens the store, which says why.
        if (!StoreHeader.Read(File.ReadAllBytes(storePath), out _).Is(out var header, out _) || header.Adapter != adapter.Kind) return 0UL;
        if (!adapter.Adopt(header.Parameters.Span).Is(out var parameters, out var refusal)) return refusal;

        var counted = adapter.Counter.Read();
        exists = true;
        return counted >= parameters.Base
            ? counted - parameters.Base
            : new Refusal(RefusalCode.StoreTampered, $"the TPM's NV counter stands at {counted}, below {parameters.Base} where the store began");
    }

    /// <inheritdoc/>
    public void Raise(ulong version)
    {
        var target = checked(adapter.Base + version);
        var counted = adapter.Counter.Read();
        if (counted == target) return;
        if (counted + 1 != target) throw new AdapterException($"the TPM's NV counter stands at {counted} where {target - 1} is expected: another enclave uses it too (--tpm-nv-index)");
        if (adapter.Counter.Increment() != target) throw new AdapterException("the TPM's NV counter did not go up by one: another enclave uses it too (--tpm-nv-index)");
    }
}
