using System.Collections.Concurrent;
using System.Security.Cryptography;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>
/// The sessions that this enclave takes part in, whatever their protocol: opened after every check, bounded, given up when their time is over, and
/// never opened twice. In memory only: a restarted enclave knows none. Any thread may call.
/// </summary>
internal sealed class SessionTable(
    EnclaveClock clock, Standing standing, SessionGate gate, SessionApproval approvals, SessionKeys keys, IReadOnlyList<ISessionProtocol> protocols,
    Func<Hash256, IReadOnlyList<NodeId>, Refusal?> alarm, AuditTrail trail, INonceWitness? witness) : IDisposable
{
    /// <summary>The most sessions that hold secrets; those that are over are kept besides, for repetitions.</summary>
    public const int Capacity = 1024;

    /// <summary>The most sessions at all.</summary>
    public const int MostKept = 4 * Capacity;

    /// <summary>How long a session for a request or an audit lives.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    /// <summary>How long a prepared session waits for its request.</summary>
    public static readonly TimeSpan PreparedLife = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Hash256, LiveSession> _sessions = new();
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private int _disposed;
    private int _live;
    private int _kept;

    /// <summary>How many sessions hold secrets, those that are just opening included.</summary>
    public int Live => Volatile.Read(ref _live);

    /// <summary>The session key of this hour, signed.</summary>
    public Outcome<SignedStatement> SessionKey(VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        var statement = keys.Current(state.Identity!).Statement;
        return new SignedStatement(statement.ToBytes(), state.Certificate!.Der, statement.Signature);
    }

    /// <summary>Opens this enclave's part, or repeats what it answered.</summary>
    public Outcome<SessionAnswer> Open(OpenSessionCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!gate.Check(call.Plan, state).Is(out var cast, out refusal)) return refusal;
        if (_sessions.TryGetValue(call.Plan.Session, out var known))
        {
            return known.Cast.Header.Equals(cast.Header) ? known.Open(state.Identity!.Key!) : new Refusal(RefusalCode.SessionConflict, "another session has this id");
        }

        return Begin(call, cast, state).Is(out var session, out refusal) ? session.Open(state.Identity!.Key!) : refusal;
    }

    /// <summary>Takes one step of a session.</summary>
    public Outcome<SessionAnswer> Step(StepSessionCall call, VaultState state)
    {
        if (!Find(call.Session, state).Is(out var session, out var refusal)) return refusal;
        ApprovedMessage? approved = null;
        var header = session.Cast.Header;
        if (!call.Request.IsEmpty)
        {
            if (!TakesRequest(session, state).Is(out var key, out refusal)) return refusal;
            if (!approvals.Request(header, call.Request, call.Approvals, key, state).Is(out approved, out refusal)) return refusal;

            // It is on its way to disk while the step is taken.
            session.Tell(CallNotes.Requested(key.Hash, call.Session, call.Request, call.Approvals), isAhead: false, trail.WriteAhead);
        }

        return session.Step(call, approved, state.Identity!.Key!, _random, witness, nodes => alarm(header.Key, nodes));
    }

    /// <summary>Looks at the request that a prepared session is about to be brought, and has the log tell of the first that is good. What the session may do does not change.</summary>
    public Outcome<Done> Announce(AnnounceRequestCall call, VaultState state)
    {
        if (!Find(call.Session, state).Is(out var session, out var refusal)) return refusal;
        if (!TakesRequest(session, state).Is(out var key, out refusal)) return refusal;
        if (!approvals.Announced(session.Cast.Header, call.Request, call.Approvals, key, state).Is(out _, out refusal)) return refusal;
        session.Tell(CallNotes.Requested(key.Hash, call.Session, call.Request, call.Approvals), isAhead: true, note => trail.Write(note));

        // Whoever brings the request next waits for the entry: it goes to disk now, once this is answered.
        AuditTrail.WaitForNone(isNeeded: true);
        return default(Done);
    }

    /// <summary>Gives a session up.</summary>
    public Outcome<Done> Close(CloseSessionCall call)
    {
        if (_sessions.TryGetValue(call.Session, out var session)) Forget(session);
        return default(Done);
    }

    /// <summary>Gives up all sessions of a key: its shares were replaced, and what was begun with the old ones dies with them.</summary>
    public void EndOf(Hash256 key)
    {
        foreach (var (_, session) in _sessions)
        {
            if (session.Cast.Header.Key == key) Forget(session);
        }
    }

    /// <summary>Gives up what has lived too long; then, of what is over, as much as is too many. On a timer, and where the table is full.</summary>
    public void Sweep() => Sweep(MostKept);

    // An opening that finds the table full makes room for many more at once, so that the walk over all sessions is rare.
    private void Sweep(int most)
    {
        var now = clock.Now;
        foreach (var (_, session) in _sessions)
        {
            if (session.Until < now) Forget(session);
        }

        var spare = Volatile.Read(ref _kept) - most;
        if (spare <= 0) return;
        foreach (var session in _sessions.Values.Where(session => session.HasEnded).OrderBy(session => session.Until).Take(spare)) Forget(session);
    }

    /// <summary>Wipes all sessions, for good.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, 1);
        foreach (var session in _sessions.Values) Forget(session);
    }

    private Outcome<LiveSession> Find(Hash256 id, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!_sessions.TryGetValue(id, out var session)) return LiveSession.Unknown(id);
        if (session.Until >= clock.Now) return session;
        Forget(session);
        return LiveSession.Unknown(id);
    }

    private static Outcome<VaultKey> TakesRequest(LiveSession session, VaultState state)
    {
        var header = session.Cast.Header;
        if (header.Subject is not SessionSubject.Presign) return new Refusal(RefusalCode.SessionMismatch, "only a prepared session takes a request later");
        if (!state.Keys.Find(header.Key).Is(out var key, out var refusal)) return refusal;
        return header.ShareVersion == key.Version ? key : LiveSession.Unknown(header.Session);
    }

    // Order: key, its version, alarms, room, request and approvals; then the id is spent; then the protocol opens.
    private Outcome<LiveSession> Begin(OpenSessionCall call, SessionCast cast, VaultState state)
    {
        var header = cast.Header;
        if (protocols.FirstOrDefault(known => known.Name == header.Protocol) is not { } protocol)
            return new Refusal(RefusalCode.InputUnsupported, $"this enclave does not run the protocol '{header.Protocol}'");
        if (!state.Keys.Find(header.Key).Is(out var key, out var refusal)) return refusal;
        if (header.ShareVersion != key.Version)
            return new Refusal(RefusalCode.SessionMismatch, $"'{key.Birth.KeyId}' has shares of version {key.Version}, not {header.ShareVersion}");
        if (state.Alarms.Blocks(key.Hash, cast.Others))
            return new Refusal(RefusalCode.SessionAlarmed, $"what {string.Join(", ", cast.Others)} sent failed checks too often: administrators have to look into it");
        if (!TryTakePlace()) return new Refusal(RefusalCode.EnclaveBusy, $"{Capacity} sessions are under way");
        LiveSession? opened = null;
        try
        {
            if (!approvals.Opening(header, call, key, state).Is(out var approved, out refusal)) return refusal;
            if (cast.Own.Claim(header.Session) is { } claimed) return claimed;
            if (!cast.Own.TryHold(out var own)) return new Refusal(RefusalCode.SessionUnknown, "the session key is gone");
            if (!protocol.Open(key, header, cast.Place, approved is [var message] ? message : null, _random).Is(out var opening, out refusal))
            {
                own.Dispose();
                return refusal;
            }

            opened = new LiveSession(cast, opening, own, clock.Now + (header.Subject is SessionSubject.Presign ? PreparedLife : Life), protocol.Letters(header, cast.Place), GiveBackPlace);
        }
        finally
        {
            if (opened is null) GiveBackPlace();
        }

        if (!_sessions.TryAdd(header.Session, opened))
        {
            // The same id under the session keys of two hours, at the same moment.
            opened.Dispose();
            return new Refusal(RefusalCode.SessionConflict, "another session has this id");
        }

        Interlocked.Increment(ref _kept);
        if (Volatile.Read(ref _kept) > MostKept) Sweep(MostKept - Capacity);
        if (Volatile.Read(ref _disposed) != 0) Forget(opened);
        return opened;
    }

    // Taken before a session opens and given back when its last secret is gone: many openings at once can't pass the limit together.
    private bool TryTakePlace()
    {
        if (Interlocked.Increment(ref _live) <= Capacity) return true;
        GiveBackPlace();
        Sweep();
        if (Interlocked.Increment(ref _live) <= Capacity) return true;
        GiveBackPlace();
        return false;
    }

    private void GiveBackPlace() => Interlocked.Decrement(ref _live);

    private void Forget(LiveSession session)
    {
        if (_sessions.TryRemove(new(session.Cast.Header.Session, session))) Interlocked.Decrement(ref _kept);
        session.Dispose();
    }
}
