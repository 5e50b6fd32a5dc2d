namespace VaultGrid.Crypto.Tests;

/// <summary>Signatures that other libraries made over the same keys and digests.</summary>
public sealed class GeneratedSignatureTests
{
    [Fact]
    public void Ecdsa_with_the_plain_nonce_agrees_with_other_libraries()
    {
        foreach (var vector in GeneratedVectors.Read("ecdsa"))
        {
            using var key = PrivateKey.Take(vector.Bytes("key")).Value;
            Assert.Equal(vector.Bytes("publicKey"), key.PublicKey.Compressed);
            Assert.Equal(vector.Bytes("uncompressed"), key.PublicKey.ToUncompressed());

            var signature = key.SignDeterministic(vector.Bytes("digest"));
            Assert.Equal(vector.Bytes("r"), signature.R);
            Assert.Equal(vector.Bytes("s"), signature.S);
            Assert.Equal(vector.GetProperty("recoveryId").GetInt32(), signature.RecoveryId);
        }
    }

    [Fact]
    public void Schnorr_agrees_with_other_libraries()
    {
        foreach (var vector in GeneratedVectors.Read("schnorr-signatures"))
        {
            using var key = PrivateKey.Take(vector.Bytes("key")).Value;
            using var pair = SchnorrKeyPair.Of(key);
            Assert.Equal(vector.Bytes("publicKey"), pair.PublicKey.Bytes);
            Assert.Equal(vector.Bytes("signature"), pair.Sign(vector.Bytes("message"), vector.Bytes("auxiliary")));
        }
    }
}
