using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>c_1 of a prepared session: holds k_1 and R_2 until a request is fixed.</summary>
internal sealed class FirstPrepared(SigningSession session, SecretScalar k, GroupElement point) : ISessionParty
{
    private readonly Once<SecretScalar> _k = new(k);

    public SessionStep Receive(SessionInput input)
    {
        using var k = _k.Take();
        if (GoMessage.Accept(session, input, out var task) is { } fault) return new SessionStep.Aborts(fault);

        // "c_1 does its getR only now and sends R_1 with its go, so R leaves the enclaves only when the message is fixed"
        session.Spend(input, k, task.Approval);
        return new SessionStep.Ends([GoMessage.Of(session, task, point.Multiply(k))]);
    }

    public void Dispose() => _k.Dispose();
}
