using VaultGrid.Testing;

namespace VaultGrid.Crypto.Tests;

public sealed class WycheproofAsymmetricTests
{
    [Theory]
    [InlineData(false), InlineData(true)]
    public void P256_signatures_are_accepted_and_refused_as_published_with_a_table_and_without(bool prepared) =>
        WycheproofFile.RunAll("ecdsa_secp256r1_sha256_test.json", vector =>
        {
            var key = P256PublicKey.ParseSubjectPublicKeyInfo(Convert.FromHexString(vector.Group.GetProperty("publicKeyDer").GetString()!)).Value;
            if (prepared) key.Prepare();
            var accepted = key.Verify(vector.Bytes("msg"), vector.Bytes("sig"));
            return accepted == vector.IsValid ? null : $"accepted = {accepted}";
        });

    [Fact]
    public void Ed25519_signatures_are_accepted_and_refused_as_published() =>
        WycheproofFile.RunAll("ed25519_test.json", vector =>
        {
            var key = Convert.FromHexString(vector.Group.GetProperty("publicKey").GetProperty("pk").GetString()!);
            var accepted = Ed25519.Verify(key, vector.Bytes("msg"), vector.Bytes("sig"));
            return accepted == vector.IsValid ? null : $"accepted = {accepted}";
        });

    [Fact]
    public void X25519_agrees_as_published() =>
        WycheproofFile.RunAll("x25519_test.json", vector =>
        {
            using var key = SecretBytes.Take(vector.Bytes("private"));
            var agreed = X25519.Agree(key, vector.Bytes("public"));
            if (!agreed.Is(out var shared, out _)) return vector.HasFlag("ZeroSharedSecret") ? null : "refused";
            using (shared)
                return vector.HasFlag("ZeroSharedSecret") ? "a shared value of zero was handed out"
                    : shared.Span.SequenceEqual(vector.Bytes("shared")) ? null
                    : "another shared value";
        });

    [Fact]
    public void Rsa_oaep_decrypts_as_published() =>
        WycheproofFile.RunAll("rsa_oaep_3072_sha256_mgf1sha256_test.json", vector =>
        {
            using var pkcs8 = SecretBytes.Take(Convert.FromHexString(vector.Group.GetProperty("privateKeyPkcs8").GetString()!));
            using var key = RsaOaepPrivateKey.Import(pkcs8).Value;

            // Ours has no labels: what was encrypted with one is not for us.
            var expected = vector.IsValid && vector.Text("label").Length == 0;
            if (!key.Decrypt(vector.Bytes("ct")).Is(out var plaintext, out _)) return expected ? "refused" : null;
            using (plaintext)
                return expected && plaintext.Span.SequenceEqual(vector.Bytes("msg")) ? null : "decrypted, but not to the published message";
        });
}
