using System.Diagnostics;
using System.Security.Cryptography;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>
/// This enclave's part of one session: the protocol's run, who takes part, and the packets that were made, so that a repetition gets the same bytes.
/// Steps of one session wait for one another; sessions do not.
/// </summary>
[DebuggerDisplay("LiveSession(redacted)")]
internal sealed class LiveSession : IDisposable
{
    private readonly Lock _gate = new();

    // Its own lock: an alarm takes the vault's, under which sessions are disposed of.
    private readonly Lock _alarms = new();
    private readonly SessionRun _run;

    // Its own lock too: what the log says of the request is written while a step is under way.
    private readonly Lock _telling = new();
    private AuditNote? _told;
    private readonly Leased<P256AgreementKey>.Lease _own;
    private readonly Dictionary<Hash256, SessionPacket> _packets = [];
    private readonly Action _ended;
    private readonly Dictionary<(byte Round, byte Receiver), PreparedBox?> _boxes = [];
    private IReadOnlyList<(byte Round, byte Receiver)> _letters;
    private IDisposable? _uses;
    private bool _over;
    private bool _alarmed;
    private bool _disposed;

    /// <param name="cast">Who takes part; it belongs to this object from now on.</param>
    /// <param name="opening">What the protocol opened; likewise.</param>
    /// <param name="own">The session key's private half, held for as long as the session lives; likewise.</param>
    /// <param name="until">When it is given up.</param>
    /// <param name="letters">The messages to others that follow the opening.</param>
    /// <param name="ended">Told once, when no secret is left.</param>
    public LiveSession(
        SessionCast cast, SessionOpening opening, Leased<P256AgreementKey>.Lease own, DateTimeOffset until, IReadOnlyList<(byte Round, byte Receiver)> letters, Action ended)
    {
        (Cast, Until, _own, _uses, _letters, _ended) = (cast, until, own, opening.Uses, letters, ended);
        _run = new SessionRun(opening.First);
        if (_run.HasEnded) GiveBack();
    }

    public SessionCast Cast { get; }

    public DateTimeOffset Until { get; }

    /// <summary>True once no secret of it is left.</summary>
    public bool HasEnded => _run.HasEnded;

    /// <summary>What the opening sends; the same bytes each time.</summary>
    public Outcome<SessionAnswer> Open(IDeviceKey device)
    {
        lock (_gate)
        {
            if (_disposed) return Unknown(Cast.Header.Session);
            var answer = Answer(_run.Opening, _run.Opening.Count == 0 ? _run.Fault : null, device);

            // Boxes for the messages that follow are made while others are at work; whichever is not there when it is needed is made then.
            if (_letters.Count > 0) AfterAnswer.Do(MakeBoxes);
            return answer;
        }
    }

    /// <summary>Has the log tell of the request of a prepared session, once: whoever comes here later finds the entry written.</summary>
    /// <param name="note">Says it.</param>
    /// <param name="isAhead">True for a request that is only announced: then what was told before stays, whatever it was.</param>
    /// <param name="write">Writes it.</param>
    public void Tell(AuditNote note, bool isAhead, Action<AuditNote> write)
    {
        lock (_telling)
        {
            if (_told is { } told && (isAhead || (told.Request == note.Request && told.Approvals.SequenceEqual(note.Approvals)))) return;
            write(note);
            _told = note;
        }
    }

    /// <summary>Takes a step.</summary>
    /// <param name="call">The messages, sealed.</param>
    /// <param name="approved">What may be signed, where the call brought a request.</param>
    /// <param name="device">Signs what is sent.</param>
    /// <param name="random">A cryptographic generator.</param>
    /// <param name="witness">Told of nonces that are spent; null in service.</param>
    /// <param name="alarm">Told, once, which nodes a failed check points at; before any answer that tells of it leaves.</param>
    public Outcome<SessionAnswer> Step(
        StepSessionCall call, ApprovedMessage? approved, IDeviceKey device, RandomNumberGenerator random, INonceWitness? witness, Func<IReadOnlyList<NodeId>, Refusal?> alarm)
    {
        Outcome<SessionAnswer> answer;
        SessionFault? fault;
        lock (_gate)
        {
            if (_disposed) return Unknown(call.Session);
            answer = Take(call, approved, device, random, witness, out fault);
        }

        return Told(fault, alarm) is { } broken ? broken : answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            _run.Dispose();
            GiveBack();
            _own.Dispose();
            DropBoxes();
            _packets.Clear();
        }
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "LiveSession(redacted)";

    /// <summary>The refusal of a session that isn't here.</summary>
    public static Refusal Unknown(Hash256 session) =>
        new(RefusalCode.SessionUnknown, $"this enclave has no session {session}: it was not opened here, is over, or was forgotten by a restart");

    private Outcome<SessionAnswer> Take(
        StepSessionCall call, ApprovedMessage? approved, IDeviceKey device, RandomNumberGenerator random, INonceWitness? witness, out SessionFault? fault)
    {
        fault = null;
        var messages = new List<RoundMessage>(call.Packets.Count);
        foreach (var packet in call.Packets)
        {
            if (packet.Round != call.Round) return Mismatch("a packet is of another round than the step");
            if (!SessionMail.Open(packet, Cast, _own.Value).Is(out var message, out var refusal)) return refusal;
            messages.Add(message);
        }

        if (messages.DistinctBy(message => message.Sender).Count() != messages.Count) return Mismatch("one participant's message came twice in a step");
        if (messages.Count == 0 && approved is null) return Mismatch("a step without messages and without a request is none");

        (var send, fault) = _run.Receive(new SessionInput(call.Round, messages, approved, random) { Witness = witness });
        if (_run.HasEnded) GiveBack();
        var answer = Answer(send, fault, device);
        if (_run.HasEnded) DropBoxes();
        return answer;
    }

    private Refusal? Told(SessionFault? fault, Func<IReadOnlyList<NodeId>, Refusal?> alarm)
    {
        if (fault is not { Alarm.Count: > 0 }) return null;
        lock (_alarms)
        {
            if (_alarmed) return null;
            if (alarm(SessionFailures.Nodes(fault.Alarm)) is { } broken) return broken;
            _alarmed = true;
            return null;
        }
    }

    private static Refusal Mismatch(string why) => new(RefusalCode.SessionMismatch, why);

    private Outcome<SessionAnswer> Answer(IReadOnlyList<RoundMessage> send, SessionFault? fault, IDeviceKey device)
    {
        if (fault is SessionFault.Enclave)
            return new Refusal(RefusalCode.EnclaveFault, "the signature failed its last verification although every check had passed: it is withheld");
        return new SessionAnswer([.. send.Select(message => Packet(message, device))], _run.HasEnded, fault is null ? null : SessionFailures.Of(fault));
    }

    private SessionPacket Packet(RoundMessage message, IDeviceKey device)
    {
        if (_packets.TryGetValue(message.Hash, out var packet)) return packet;

        // What has left needs no box any more, also where none was there in time.
        var place = (message.Round, message.Receiver);
        _ = _boxes.TryGetValue(place, out var box);
        _boxes[place] = null;
        return _packets[message.Hash] = SessionMail.Pack(message, Cast, device, box);
    }

    private void MakeBoxes()
    {
        try
        {
            IReadOnlyList<(byte Round, byte Receiver)> letters;
            lock (_gate) (letters, _letters) = (_letters, []);
            foreach (var letter in letters)
            {
                // Made outside the lock: a step that comes meanwhile doesn't wait for it.
                lock (_gate)
                {
                    if (_disposed || _run.HasEnded || _boxes.ContainsKey(letter)) continue;
                }

                var box = SessionMail.Box(Cast, letter.Round, letter.Receiver);
                lock (_gate)
                {
                    if (!_disposed && !_run.HasEnded && _boxes.TryAdd(letter, box)) continue;
                }

                box.Dispose();
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Each message then gets its own when it is sent.
            Notices.Failed("boxes could not be made ahead", fault);
        }
    }

    private void DropBoxes()
    {
        foreach (var box in _boxes.Values) box?.Dispose();
        _boxes.Clear();
    }

    private void GiveBack()
    {
        _uses?.Dispose();
        _uses = null;
        if (_over) return;
        _over = true;
        _ended();
    }
}
