namespace VaultGrid.Enclave;

/// <summary>
/// The enclave's session keys (protocols §2): a new pair at start and every hour, the last two kept, never stored: what was sealed to an
/// older one nobody can open any more, live sessions excepted. Any thread may call.
/// </summary>
internal sealed class SessionKeys(EnclaveClock clock) : IDisposable
{
    /// <summary>How long new messages are sealed to a key.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>By how much the clocks of two enclaves may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private SessionKey? _current;
    private SessionKey? _last;

    /// <summary>The key of this hour, made if need be.</summary>
    public SessionKey Current(DeviceIdentity identity)
    {
        lock (_gate)
        {
            var now = clock.NowInSeconds;
            if (_current is { } current && now < current.Statement.To && now >= current.Statement.From - Skew) return current;

            _last?.Dispose();
            (_last, _current) = (_current, Make(identity, now));
            return _current;
        }
    }

    /// <summary>One of the last two, or null.</summary>
    public SessionKey? Find(Hash256 name) => Find(key => key.Name == name);

    /// <summary>One of the last two by its statement's hash, or null.</summary>
    public SessionKey? FindStatement(Hash256 hash) => Find(key => key.StatementHash == hash);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _current?.Dispose();
            _last?.Dispose();
            (_current, _last) = (null, null);
        }
    }

    private SessionKey? Find(Func<SessionKey, bool> wanted)
    {
        lock (_gate) return _current is { } current && wanted(current) ? current : _last is { } last && wanted(last) ? last : null;
    }

    private static SessionKey Make(DeviceIdentity identity, DateTimeOffset now)
    {
        var key = P256AgreementKey.Generate();
        var statement = new SessionKeyStatement(identity.Node, key.PublicKey.Bytes.ToArray(), now, now + Period, default);
        return new SessionKey(key, statement with { Signature = identity.Key!.Sign(statement.ToBytes()) });
    }
}
