using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>c_j, 1 &lt; j &lt; t, of a prepared session: holds no secret any more, but has a go to give, once.</summary>
internal sealed class MiddlePrepared(SigningSession session) : ISessionParty
{
    public SessionStep Receive(SessionInput input) =>
        GoMessage.Accept(session, input, out var task) is { } fault
            ? new SessionStep.Aborts(fault)
            : new SessionStep.Ends([GoMessage.Of(session, task, null)]);

    public void Dispose()
    {
    }
}
