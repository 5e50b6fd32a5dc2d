namespace VaultGrid.Client;

/// <summary>Carries the refusal of a server's certificate out of the handshake; turned back into a value before it reaches a caller.</summary>
internal sealed class ServerRefusedException(Refusal refusal) : IOException(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;
}
