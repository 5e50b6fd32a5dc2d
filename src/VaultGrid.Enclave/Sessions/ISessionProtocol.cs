using System.Security.Cryptography;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>A protocol that runs in sessions: what the session table needs of it. All else it does through <see cref="ISessionParty"/>.</summary>
internal interface ISessionProtocol
{
    /// <summary>Its name in headers.</summary>
    string Name { get; }

    /// <summary>Opens this enclave's part with a key of the protocol's kind.</summary>
    /// <param name="key">The key that the header names.</param>
    /// <param name="header">The session, checked.</param>
    /// <param name="place">This enclave's place.</param>
    /// <param name="approved">What may be signed; null for a session that is prepared.</param>
    /// <param name="random">A cryptographic generator.</param>
    /// <returns>The first step and what it uses, which is kept until the part is over; or a refusal, before any secret is at stake.</returns>
    Outcome<SessionOpening> Open(VaultKey key, SessionHeader header, int place, ApprovedMessage? approved, RandomNumberGenerator random);

    /// <summary>The messages to other participants that a participant sends after its opening, if all goes well: boxes for them are made ahead.</summary>
    /// <param name="header">The session.</param>
    /// <param name="place">This enclave's place.</param>
    IReadOnlyList<(byte Round, byte Receiver)> Letters(SessionHeader header, int place) => [];
}

/// <summary>An opened part.</summary>
/// <param name="First">The first step.</param>
/// <param name="Uses">A lease of the key's secret; given back when the part is over.</param>
internal readonly record struct SessionOpening(SessionStep First, IDisposable Uses);
