using System.Security.Cryptography;
using VaultGrid.Crypto.Bls12381;
using VaultGrid.Protocols.Sessions;
using VaultGrid.Protocols.ThresholdBls;

namespace VaultGrid.Enclave;

/// <summary>Sessions of <c>bls</c>: one round without nonces. Each holder that opens one answers with its part of the signature, and its part of the session is over.</summary>
internal sealed class BlsSessions : ISessionProtocol
{
    /// <summary>The name in session headers.</summary>
    public const string ProtocolName = "bls";

    /// <summary>The version in session headers.</summary>
    public const byte ProtocolVersion = 1;

    /// <summary>The round of the parts.</summary>
    public const byte ShareRound = 1;

    /// <inheritdoc/>
    public string Name => ProtocolName;

    /// <inheritdoc/>
    public Outcome<SessionOpening> Open(VaultKey key, SessionHeader header, int place, ApprovedMessage? approved, RandomNumberGenerator random)
    {
        if (key.Shared is not { } part || key.Birth.Kind != KeyKind.Bls) return new Refusal(RefusalCode.KeyUnknown, $"'{key.Birth.KeyId}' is no key of {Name}");
        if (header.ProtocolVersion != ProtocolVersion) return new Refusal(RefusalCode.InputUnsupported, $"this enclave runs version {ProtocolVersion} of {Name}");
        if (approved is null) return new Refusal(RefusalCode.SessionMismatch, "there is nothing to prepare for a signature without nonces");
        if (approved.Path.Depth > 0) return new Refusal(RefusalCode.InputUnsupported, "a shared BLS key has no children");
        if (!Shareholders.Of(part, header).Is(out _, out var refusal)) return refusal;
        if (!Shareholders.Take(key, out var lease).Is(out _, out refusal)) return refusal;
        using (lease)
        {
            var signature = BlsSigner.Sign(lease.Value.Share, new BlsMessagePoint(approved.Message));
            return new SessionOpening(new SessionStep.Ends([new RoundMessage(header, ShareRound, (byte)place, RoundMessage.Coordinator, header.Hash, signature.ToBytes())]), Nothing.Held);
        }
    }

    // The share was given back already.
    private sealed class Nothing : IDisposable
    {
        public static readonly Nothing Held = new();

        public void Dispose()
        {
        }
    }
}
