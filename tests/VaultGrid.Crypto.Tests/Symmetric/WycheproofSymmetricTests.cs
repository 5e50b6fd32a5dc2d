using VaultGrid.Testing;

namespace VaultGrid.Crypto.Tests;

public sealed class WycheproofSymmetricTests
{
    [Fact]
    public void Aes_gcm_seals_and_opens_as_published()
    {
        var ours = 0;
        WycheproofFile.RunAll("aes_gcm_test.json", vector =>
        {
            using var key = SecretBytes.Take(vector.Bytes("key"));
            var (nonce, aad, message) = (vector.Bytes("iv"), vector.Bytes("aad"), vector.Bytes("msg"));
            byte[] sealedBytes = [.. nonce, .. vector.Bytes("ct"), .. vector.Bytes("tag")];

            // Keys of another size are a bug of the caller and say so.
            if (key.Length != Aes256Gcm.KeyLength)
                return Record.Exception(() => Aes256Gcm.Open(key, sealedBytes, aad)) is ArgumentException ? null : "a short key was taken";

            // Our nonce has 12 bytes. What another length gives must not open.
            var opened = Aes256Gcm.Open(key, sealedBytes, aad);
            if (nonce.Length != Aes256Gcm.NonceLength) return opened.Refusal is null ? "opened under a nonce of another length" : null;

            ours++;
            if (!opened.Is(out var plaintext, out _)) return vector.IsValid ? "refused" : null;
            using (plaintext)
                return !vector.IsValid ? "opened"
                    : !plaintext.Span.SequenceEqual(message) ? "another plaintext"
                    : !Aes256Gcm.Seal(key, nonce, message, aad).AsSpan().SequenceEqual(sealedBytes) ? "sealed differently"
                    : null;
        });
        Assert.Equal(66, ours);
    }

    [Fact]
    public void Hkdf_derives_as_published() =>
        WycheproofFile.RunAll("hkdf_sha256_test.json", vector =>
        {
            using var material = SecretBytes.Take(vector.Bytes("ikm"));
            var size = vector.Test.GetProperty("size").GetInt32();
            if (!vector.IsValid)
                return Record.Exception(() => HkdfSha256.Derive(material, vector.Bytes("salt"), vector.Bytes("info"), size)) is ArgumentOutOfRangeException
                    ? null
                    : "a length that HKDF does not have was given";

            using var derived = HkdfSha256.Derive(material, vector.Bytes("salt"), vector.Bytes("info"), size);
            return derived.Span.SequenceEqual(vector.Bytes("okm")) ? null : "another key";
        });
}
