using System.Security.Cryptography;
using VaultGrid.Protocols.Frost;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>Sessions of <c>frost</c>: Schnorr signatures of shared keys on secp256k1 (RFC 9591, BIP-340) and Ed25519.</summary>
internal sealed class FrostSessions : ISessionProtocol
{
    /// <inheritdoc/>
    public string Name => FrostProtocol.Name;

    /// <inheritdoc/>
    public Outcome<SessionOpening> Open(VaultKey key, SessionHeader header, int place, ApprovedMessage? approved, RandomNumberGenerator random)
    {
        if (key.Shared is not { } part || key.Birth.Kind.Suite() is not { } suite)
            return new Refusal(RefusalCode.KeyUnknown, $"'{key.Birth.KeyId}' is no key of {Name}");
        if (!Shareholders.Of(part, header).Is(out var holders, out var refusal)) return refusal;
        if (!Shareholders.Take(key, out var lease).Is(out _, out refusal)) return refusal;
        if (FrostProtocol.Open(lease.Value.Nonces!, part.Key, message => SharedAccounts.Derive(suite, part.Key, message), header, place, holders, approved).Is(out var first, out refusal))
            return new SessionOpening(first, lease);
        lease.Dispose();
        return refusal;
    }
}
