namespace VaultGrid.Protocols.Sessions;

/// <summary>
/// Told of every nonce at the moment it is spent, before anything made with it leaves its enclave. Enclaves in service have none: tests run their own with one that keeps a record
/// across kills, and prove by it that no nonce serves twice.
/// </summary>
public interface INonceWitness
{
    /// <summary>A nonce is spent.</summary>
    /// <param name="header">The session.</param>
    /// <param name="place">Whose nonce: the participant's place.</param>
    /// <param name="nonce">The nonce times the generator, or the commitment to it, encoded: one for each nonce, and no secret.</param>
    /// <param name="approval">The hash of the request or audit that it is spent on; null where a session is still being prepared.</param>
    void Spent(SessionHeader header, int place, ReadOnlySpan<byte> nonce, Hash256? approval);
}
