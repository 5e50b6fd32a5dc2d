namespace VaultGrid.Protocols;

/// <summary>Signs this party's statements: the enclave's D key.</summary>
public interface IStatementSigner
{
    /// <summary>A signature over the whole statement, which starts with its tag.</summary>
    byte[] Sign(ReadOnlySpan<byte> statement);
}
