using System.Diagnostics;

namespace VaultGrid.Enclave;

/// <summary>A session key pair and what the D key signed of it. In memory only.</summary>
[DebuggerDisplay("SessionKey(redacted)")]
internal sealed class SessionKey(P256AgreementKey key, SessionKeyStatement statement) : IDisposable
{
    /// <summary>The private half.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public P256AgreementKey Key => key;

    public SessionKeyStatement Statement => statement;

    /// <summary>SHA-256 of the public point: how messages name it.</summary>
    public Hash256 Name { get; } = Hash256.Sha256(statement.PublicKey.Span);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SessionKey(redacted)";
}
