using System.Diagnostics;

namespace VaultGrid.Enclave;

/// <summary>A session key pair and what the D key signed of it, with the sessions that were opened under it. In memory only.</summary>
[DebuggerDisplay("SessionKey(redacted)")]
internal sealed class SessionKey(P256AgreementKey key, SessionKeyStatement statement) : IDisposable
{
    /// <summary>The most sessions under one key.</summary>
    public const int MostSessions = 1_000_000;

    private readonly Leased<P256AgreementKey> _key = new(key);
    private readonly HashSet<Hash256> _sessions = [];

    public SessionKeyStatement Statement => statement;

    /// <summary>SHA-256 of the public point: how messages name it.</summary>
    public Hash256 Name { get; } = Hash256.Sha256(statement.PublicKey.Span);

    /// <summary>The hash of the statement: how session headers name it.</summary>
    public Hash256 StatementHash { get; } = statement.Hash();

    /// <summary>Keeps the private half for a live session, beyond its hour if need be.</summary>
    public bool TryHold(out Leased<P256AgreementKey>.Lease lease) => _key.TryTake(out lease);

    /// <summary>Takes a session's id for this key; ids are remembered as long as messages to the key can be opened by new sessions. Any thread.</summary>
    /// <returns>Null, or why not: used before (<c>session.conflict</c>), or too many (<c>enclave.busy</c>).</returns>
    public Refusal? Claim(Hash256 session)
    {
        lock (_sessions)
        {
            if (_sessions.Contains(session)) return new Refusal(RefusalCode.SessionConflict, $"the session {session} was opened before");
            if (_sessions.Count >= MostSessions) return new Refusal(RefusalCode.EnclaveBusy, "too many sessions were opened in this hour");
            _sessions.Add(session);
            return null;
        }
    }

    /// <summary>Wiped when the last session that holds it has ended.</summary>
    public void Dispose() => _key.Close();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SessionKey(redacted)";
}
