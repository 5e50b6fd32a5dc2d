using System.Diagnostics;

namespace VaultGrid.Protocols.Sessions;

/// <summary>
/// One participant's part of one session, from its opening to its end, for any protocol: keeps the state, answers the same input again with the same
/// messages, and ends the session at any other input for a round that was answered. Any thread may call; calls wait for one another.
/// </summary>
[DebuggerDisplay("SessionRun(redacted)")]
public sealed class SessionRun : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<byte, (Hash256 Input, SessionStep Step)> _answered = [];

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private ISessionParty? _party;

    private SessionFault? _fault;

    /// <param name="opened">What opening the session gave.</param>
    public SessionRun(SessionStep opened)
    {
        ArgumentNullException.ThrowIfNull(opened);
        Opening = opened switch
        {
            SessionStep.Continues step => step.Send,
            SessionStep.Ends step => step.Send,
            SessionStep.Aborts => [],
            _ => throw new InvalidOperationException("An unlisted step."),
        };
        Settle(opened);
    }

    /// <summary>What the opening sends.</summary>
    public IReadOnlyList<RoundMessage> Opening { get; }

    /// <summary>True once no secret is left: the part is over, or the session aborted.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_gate) return _party is null;
        }
    }

    /// <summary>Why the session ended early, or null.</summary>
    public SessionFault? Fault
    {
        get
        {
            lock (_gate) return _fault;
        }
    }

    /// <summary>Takes one step, or repeats the answer to one.</summary>
    /// <returns>What to send, or the fault that ended the session.</returns>
    public (IReadOnlyList<RoundMessage> Send, SessionFault? Fault) Receive(SessionInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        lock (_gate)
        {
            if (_answered.TryGetValue(input.Round, out var earlier))
            {
                if (earlier.Input == input.Hash) return Answer(earlier.Step);
                End(input.Messages is [var message, ..]
                    ? new SessionFault.Equivocated(message.From, input.Round)
                    : new SessionFault.Refused(new(RefusalCode.RequestConflict, "this session serves another request")));
                return ([], _fault);
            }
            if (_party is null)
                return ([], _fault ?? new SessionFault.Refused(new(RefusalCode.RequestUnknown, "this session has ended")));

            var party = _party;
            _party = null;
            SessionStep step;
            using (party) step = party.Receive(input);
            _answered[input.Round] = (input.Hash, step);
            Settle(step);
            return Answer(step);
        }
    }

    /// <summary>Ends the session from outside: it expired, or the coordinator gave it up.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_party is not null) End(new SessionFault.Refused(new(RefusalCode.RequestUnknown, "this session was given up")));
        }
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SessionRun(redacted)";

    private static (IReadOnlyList<RoundMessage>, SessionFault?) Answer(SessionStep step) => step switch
    {
        SessionStep.Continues continues => (continues.Send, null),
        SessionStep.Ends ends => (ends.Send, null),
        SessionStep.Aborts aborts => ([], aborts.Fault),
        _ => throw new InvalidOperationException("An unlisted step."),
    };

    private void Settle(SessionStep step)
    {
        if (step is SessionStep.Continues continues) _party = continues.Next;
        if (step is SessionStep.Aborts aborts) _fault = aborts.Fault;
    }

    // A session that had ended well before keeps its answers but not its good name.
    private void End(SessionFault fault)
    {
        _party?.Dispose();
        _party = null;
        _fault ??= fault;
    }
}
