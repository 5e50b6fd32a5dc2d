using System.Security.Cryptography;
using VaultGrid.Protocols.Sessions;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Enclave;

/// <summary>Sessions of <c>threshold-ecdsa</c>.</summary>
internal sealed class EcdsaSessions : ISessionProtocol
{
    /// <inheritdoc/>
    public string Name => ThresholdEcdsaProtocol.Name;

    /// <inheritdoc/>
    public Outcome<SessionOpening> Open(VaultKey key, SessionHeader header, int place, ApprovedMessage? approved, RandomNumberGenerator random)
    {
        if (key.Threshold is not { } part || !part.Share.TryTake(out var lease))
            return new Refusal(RefusalCode.KeyUnknown, $"'{key.Birth.KeyId}' is no key of {Name}, or was destroyed");
        if (ThresholdEcdsaProtocol.Open(lease.Value.Share, header, place, approved, lease.Value.Noise, random).Is(out var first, out var refusal))
            return new SessionOpening(first, lease);
        lease.Dispose();
        return refusal;
    }

    /// <inheritdoc/>
    public IReadOnlyList<(byte Round, byte Receiver)> Letters(SessionHeader header, int place)
    {
        var (last, letters) = (header.Participants.Count - 1, new List<(byte, byte)>(3));
        var isPrepared = header.Subject is SessionSubject.Presign;
        if (place > 0 && place < last) letters.Add((EcdsaRound.Ciphertexts, (byte)(place + 1)));
        if (place > 0) letters.Add((EcdsaRound.NoncePoint, (byte)(place - 1)));
        else if (!isPrepared) letters.Add((EcdsaRound.NoncePoint, (byte)last));
        if (isPrepared && place < last) letters.Add((EcdsaRound.Go, (byte)last));
        return letters;
    }
}
