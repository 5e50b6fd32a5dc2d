using System.Collections.Concurrent;

namespace VaultGrid.Enclave;

/// <summary>
/// A token that this process is logged in to, with a pool of sessions. A session that is lost (the device was reset or reinserted) is replaced
/// once; handles of objects are then found anew, which <see cref="Generation"/> tells.
/// </summary>
internal sealed class CryptokiToken : IDisposable
{
    private const int MostIdle = 8;

    private readonly ConcurrentBag<CryptokiSession> _idle = [];
    private readonly Lock _login = new();
    private readonly CryptokiModule _module;
    private readonly nuint _slot;
    private readonly SecretBytes _pin;
    private CryptokiSession? _anchor;
    private int _generation;
    private bool _disposed;

    private CryptokiToken(CryptokiModule module, nuint slot, string label, SecretBytes pin) =>
        (_module, _slot, Label, _pin) = (module, slot, label, pin);

    public string Label { get; }

    /// <summary>Rises when sessions were lost: handles of objects that were kept are void then.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Finds the token and logs in; <c>store.sealed</c> where that fails. The PIN belongs to the token from now on.</summary>
    public static Outcome<CryptokiToken> Open(string modulePath, string label, SecretBytes pin)
    {
        CryptokiToken? token = null;
        Refusal? refusal;
        try
        {
            if (CryptokiModule.Load(modulePath).Is(out var module, out refusal) && module.SlotOf(label).Is(out var slot, out refusal))
            {
                token = new CryptokiToken(module, slot, label, pin);
                token.Connect();
                return token;
            }
        }
        catch (CryptokiException failed)
        {
            refusal = new Refusal(RefusalCode.StoreSealed, $"the token '{label}' can't be used: {failed.Message}");
        }

        pin.Dispose();
        token?.Dispose();
        return refusal!;
    }

    /// <summary>True where the token has a mechanism.</summary>
    public unsafe bool Has(nuint mechanism)
    {
        var info = stackalloc nuint[3];
        return _module.Functions.GetMechanismInfo(_slot, mechanism, info) == Cryptoki.Ok;
    }

    /// <summary>Does something in a session of its own.</summary>
    public T Use<T>(Func<CryptokiSession, T> work)
    {
        var generation = Generation;
        try
        {
            return Once(work);
        }
        catch (CryptokiException failed) when (Cryptoki.IsLost(failed.Returned))
        {
            Reconnect(generation);
            return Once(work);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_login)
        {
            if (_disposed) return;
            _disposed = true;
            Drain();
            _anchor?.Dispose();
            _pin.Dispose();
        }
    }

    /// <summary>The label only.</summary>
    public override string ToString() => $"CryptokiToken({Label}, redacted)";

    private T Once<T>(Func<CryptokiSession, T> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_idle.TryTake(out var session)) session = CryptokiSession.Open(_module, _slot);
        var kept = false;
        try
        {
            var result = work(session);
            kept = !_disposed && _idle.Count < MostIdle;
            return result;
        }
        finally
        {
            // After a failure an operation may still be open in it.
            if (kept) _idle.Add(session);
            else session.Dispose();
        }
    }

    private void Reconnect(int seen)
    {
        lock (_login)
        {
            if (Generation != seen || _disposed) return;
            Drain();
            Connect();
            Interlocked.Increment(ref _generation);
        }
    }

    // The log-in lasts as long as the process has a session, so one session is never lent.
    private void Connect()
    {
        _anchor?.Dispose();
        _anchor = CryptokiSession.Open(_module, _slot);
        _anchor.Login(_pin);
    }

    private void Drain()
    {
        while (_idle.TryTake(out var session)) session.Dispose();
    }
}
