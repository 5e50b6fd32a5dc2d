using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Groups;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>
/// Puts a signature together of what f + 1 signers said, where they agree: sums of public values, no protocol. Nothing is believed: what comes of it is verified, and where it
/// is none an enclave is asked whose part is bad.
/// </summary>
internal static class SignatureSum
{
    // Of frost: commitments come in the first round, shares in the second.
    private const byte ShareRound = 2;
    private const int Longest = 64;

    /// <summary>The signature, verified, and the key that it is for; null where the parts give none.</summary>
    /// <param name="wish">What is signed.</param>
    /// <param name="version">The version of the key.</param>
    /// <param name="awaited">The signature of the key itself, which BLS keys sign with alone.</param>
    /// <param name="packets">What the signers sent to the coordinator.</param>
    public static AggregateAnswer? Of(SigningWish wish, KeyVersion version, AwaitedSignature awaited, IEnumerable<SessionPacket> packets) =>
        wish.Subject.Algorithm == SigningAlgorithm.Bls ? Bls(version, awaited, packets) : Schnorr(wish.Subject, version, packets) is { } sum && wish.IsMetBy(sum, version) ? sum : null;

    /// <summary>The sum of Schnorr signatures' shares; whether it verifies is not asked.</summary>
    internal static AggregateAnswer? Schnorr(SigningSubject.Message subject, KeyVersion version, IEnumerable<SessionPacket> packets) => subject.Algorithm switch
    {
        SigningAlgorithm.Schnorr or SigningAlgorithm.Taproot => Schnorr(PrimeGroup.Secp256k1, version, packets),
        SigningAlgorithm.Ed25519 => Schnorr(PrimeGroup.Ed25519, version, packets),
        SigningAlgorithm.Bls or SigningAlgorithm.EcdsaSecp256k1 or SigningAlgorithm.EthereumTransaction => null,
        _ => throw new ArgumentOutOfRangeException(nameof(subject), subject.Algorithm, "Not a signing algorithm."),
    };

    // Holder (1) ‖ part (96) each; σ = Σ λ_i·σ_i. A signature that is a point already is not read again to be verified.
    private static AggregateAnswer? Bls(KeyVersion version, AwaitedSignature awaited, IEnumerable<SessionPacket> packets)
    {
        var parts = new List<(BlsScalar Index, BlsSignature Share)>();
        foreach (var packet in packets)
        {
            if (!packet.Result().Is(out var body, out _) || body.Length != 1 + BlsSignature.Length || !BlsSignature.Parse(body.Span[1..]).Is(out var part, out _)) return null;
            parts.Add((BlsScalar.From(body.Span[0]), part));
        }

        return parts.Count == version.Faulty + 1 && BlsSignature.Combine(parts).Is(out var signature, out _) && awaited.Accepts(signature)
            ? new AggregateAnswer(signature.Compressed.ToArray(), version.PublicKey, [])
            : null;
    }

    // Holder (1) ‖ z_i (32) ‖ R ‖ key each, the last two behind their lengths; the signature is R ‖ Σ z_i. R and key are what all signers say: one of them is honest.
    private static AggregateAnswer? Schnorr(PrimeGroup group, KeyVersion version, IEnumerable<SessionPacket> packets)
    {
        var (sum, count) = (group.Zero, 0);
        byte[] commitment = [], key = [];
        foreach (var packet in packets.Where(packet => packet.Round == ShareRound))
        {
            if (!packet.Result().Is(out var body, out _)) return null;
            var reader = new WireReader(body.Span);
            reader.U8();
            var z = reader.Fixed(PrimeGroup.ScalarLength);
            var r = reader.Bytes(Longest);
            var account = reader.Bytes(Longest);
            if (!reader.End("a part of a signature", out _) || !group.DecodeScalar(z).Is(out var share, out _)) return null;
            if (count++ == 0) (commitment, key) = (r.ToArray(), account.ToArray());
            else if (!PublicBytes.Equal(commitment, r) || !PublicBytes.Equal(key, account)) return null;
            sum += share;
        }

        return count == version.Faulty + 1 ? new AggregateAnswer((byte[])[.. commitment, .. sum.Bytes], key, []) : null;
    }
}
