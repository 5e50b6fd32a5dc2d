namespace VaultGrid.Enclave;

/// <summary>Where the software adapter's sealing key comes from.</summary>
internal interface ISealingSecret : IDisposable
{
    /// <summary>Parameters for a new store.</summary>
    byte[] NewParameters();

    /// <summary>The key for a store with these parameters: 32 bytes, or <c>store.sealed</c>.</summary>
    Outcome<SecretBytes> Key(ReadOnlySpan<byte> parameters);
}
