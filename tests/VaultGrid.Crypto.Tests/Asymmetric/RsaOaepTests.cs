using System.Security.Cryptography;

namespace VaultGrid.Crypto.Tests;

public sealed class RsaOaepTests
{
    [Fact]
    public void What_is_encrypted_is_decrypted_also_by_the_stored_key()
    {
        using var key = RsaOaepPrivateKey.Generate();
        using var publicKey = key.ToPublic();
        using var secret = SecretBytes.Random(publicKey.MaximumPlaintext);
        using var stored = key.Export();
        using var loaded = RsaOaepPrivateKey.Import(stored).Value;

        using var plaintext = loaded.Decrypt(publicKey.Encrypt(secret)).Value;
        Assert.Equal(318, publicKey.MaximumPlaintext);
        Assert.Equal(secret.Span, plaintext.Span);

        using var tooLong = SecretBytes.Random(319);
        Assert.Throws<ArgumentOutOfRangeException>(() => publicKey.Encrypt(tooLong));
    }

    [Fact]
    public void Small_keys_are_refused()
    {
        using var small = RSA.Create(2048);
        using var pkcs8 = SecretBytes.Take(small.ExportPkcs8PrivateKey());
        Assert.Equal(RefusalCode.InputUnsupported, RsaOaepPublicKey.ParseSubjectPublicKeyInfo(small.ExportSubjectPublicKeyInfo()).Refusal?.Code);
        Assert.Equal(RefusalCode.InputUnsupported, RsaOaepPrivateKey.Import(pkcs8).Refusal?.Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => RsaOaepPrivateKey.Generate(2048));
    }

    [Fact]
    public void Other_bytes_are_no_key_and_no_ciphertext()
    {
        using var key = RsaOaepPrivateKey.Generate();
        using var junk = SecretBytes.Random(100);
        Assert.Equal(RefusalCode.InputMalformed, RsaOaepPublicKey.ParseSubjectPublicKeyInfo(new byte[100]).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, RsaOaepPrivateKey.Import(junk).Refusal?.Code);
        foreach (var length in new[] { 0, 1, 383, 384, 385 })
            Assert.Equal(RefusalCode.InputMalformed, key.Decrypt(new byte[length]).Refusal?.Code);
    }
}
