namespace VaultGrid.Protocols;

/// <summary>Knows the parties' keys: checks certificate, chain, role and revocation of whoever holds an index.</summary>
public interface IStatementVerifier
{
    /// <summary>True if the party's key signed the statement.</summary>
    bool Verify(PartyIndex signer, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature);
}
