using System.Security.Cryptography;

namespace VaultGrid.Benchmarks;

/// <summary>The cryptography of one use of a Domain and nothing else: OpenSSL's P-256 with keys imported once, AES-256-GCM, HKDF.</summary>
internal static class DomainCrypto
{
    /// <summary>Encrypt: the call's signature, the token, the sealed file key, and three derivations and ciphers.</summary>
    public static Action Encrypting()
    {
        var (verify, agree, open) = (Verifying(), Agreeing(), Opening());
        return () =>
        {
            verify();
            agree();
            agree();
            for (var i = 0; i < 4; i++) open();
        };
    }

    /// <summary>Decrypt: the call's signature, the token, and the answer sealed to a key that was never seen before.</summary>
    public static Action Decrypting()
    {
        var (verify, agree, seal, open) = (Verifying(), Agreeing(), Sealing(), Opening());
        return () =>
        {
            verify();
            agree();
            seal();
            for (var i = 0; i < 4; i++) open();
        };
    }

    /// <summary>Sign: the call's signature, the token, the signature itself.</summary>
    public static Action Signing()
    {
        var (verify, agree, open) = (Verifying(), Agreeing(), Opening());
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var digest = RandomNumberGenerator.GetBytes(32);
        return () =>
        {
            verify();
            agree();
            open();
            open();
            key.SignHash(digest);
        };
    }

    private static Action Verifying()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var digest = RandomNumberGenerator.GetBytes(32);
        var signature = key.SignHash(digest);
        return () =>
        {
            if (!key.VerifyHash(digest, signature)) throw new BenchmarkException("P-256 verification failed");
        };
    }

    // The platform's own agreement checks each point twice more, which nobody has to.
    private static Action Agreeing()
    {
        var (own, peer) = (P256AgreementKey.Generate(), P256AgreementKey.Generate().PublicKey);
        return () => own.Agree(peer).Dispose();
    }

    private static Action Sealing()
    {
        var peer = P256AgreementKey.Generate().PublicKey;
        return () =>
        {
            using var ephemeral = P256AgreementKey.Generate();
            ephemeral.Agree(peer).Dispose();
        };
    }

    private static Action Opening()
    {
        var (secret, salt, nonce, plaintext) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), new byte[12], new byte[32]);
        var (ciphertext, tag, derived) = (new byte[32], new byte[16], new byte[32]);
        return () =>
        {
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, derived, salt, "info"u8);
            using var cipher = new AesGcm(derived, 16);
            cipher.Encrypt(nonce, plaintext, ciphertext, tag);
        };
    }
}
