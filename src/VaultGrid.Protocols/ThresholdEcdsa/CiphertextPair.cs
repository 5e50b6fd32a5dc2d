using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>A_j and B_j: what travels in <see cref="EcdsaRound.Ciphertexts"/>, one after the other.</summary>
internal sealed record CiphertextPair(PaillierCiphertext A, PaillierCiphertext B)
{
    public byte[] ToBody() => [.. A.Bytes, .. B.Bytes];

    /// <summary>Reads a pair: both lengths, then range and common factors of A, then of B.</summary>
    public static SessionFault? Read(SigningSession session, RoundMessage message, out CiphertextPair pair)
    {
        pair = null!;
        var paillier = session.Share.Paillier;
        if (message.Body.Length != 2 * paillier.CiphertextLength
            || !paillier.Read(message.Body[..paillier.CiphertextLength]).Is(out var a, out _)
            || !paillier.Read(message.Body[paillier.CiphertextLength..]).Is(out var b, out _))
            return new SessionFault.Malformed(message.From, message.Round);
        pair = new CiphertextPair(a, b);
        return null;
    }

    /// <summary>getAB of c_1: A_1 = E(z_1), B_1 = E(x_1·z_1 mod q).</summary>
    public static CiphertextPair First(SigningSession session, SecretScalar z, SecretScalar x, RandomNumberGenerator random)
    {
        using var product = x.Multiply(z);
        using var noiseA = session.Noise.Take(random);
        using var noiseB = session.Noise.Take(random);
        return new(session.Share.Paillier.Encrypt(z, noiseA), session.Share.Paillier.Encrypt(product, noiseB));
    }

    /// <summary>getAB of c_j: A_j = A_{j−1}^{z_j}·ρ^N, B_j = B_{j−1}^{x_j·z_j mod q}·ρ'^N.</summary>
    public CiphertextPair Next(SigningSession session, SecretScalar z, SecretScalar x, RandomNumberGenerator random)
    {
        using var product = x.Multiply(z);
        using var noiseA = session.Noise.Take(random);
        using var noiseB = session.Noise.Take(random);

        // Two independent powers: on an idle machine they take the time of one.
        var (a, b) = (A, B);
        Parallel.Invoke(() => a = session.Share.Paillier.Multiply(A, z, noiseA), () => b = session.Share.Paillier.Multiply(B, product, noiseB));
        return new(a, b);
    }

    /// <summary>D(A) and D(B), each in range and not 0 mod q or a refusal.</summary>
    public (Outcome<SecretScalar> A, Outcome<SecretScalar> B) Decrypt(SigningSession session) =>
        session.Share.Paillier.DecryptScalars(A, B, session.Share.Bound);
}
