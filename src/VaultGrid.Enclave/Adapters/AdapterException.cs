namespace VaultGrid.Enclave;

/// <summary>
/// Hardware did not do what was asked of it. A kind of <see cref="IOException"/>, since it ends a step the way a full disk does: the enclave
/// stops, and its state is read again at the next start.
/// </summary>
internal sealed class AdapterException(string message) : IOException(message);
