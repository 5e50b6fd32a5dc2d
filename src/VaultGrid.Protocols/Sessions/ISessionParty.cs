namespace VaultGrid.Protocols.Sessions;

/// <summary>
/// A participant's state between two rounds, whatever the protocol: the seam at which the enclave's session table runs them all. It serves one step
/// and is disposed of; it can't be copied or written down.
/// </summary>
public interface ISessionParty : IDisposable
{
    /// <summary>Takes one step. Whatever comes of it, this state is used up: secrets that end with it are taken out before the first check that can fail.</summary>
    SessionStep Receive(SessionInput input);
}
