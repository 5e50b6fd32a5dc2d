namespace VaultGrid.Crypto.Tests;

public sealed class Aes256GcmTests : IDisposable
{
    private readonly SecretBytes _key = SecretBytes.Random(32);

    [Theory]
    [InlineData(0), InlineData(1), InlineData(16), InlineData(100_000)]
    public void What_is_sealed_opens(int length)
    {
        using var plaintext = SecretBytes.Take(Enumerable.Range(0, length).Select(i => (byte)i).ToArray());
        var sealedBytes = Aes256Gcm.Seal(_key, plaintext, "aad"u8);
        using var opened = Aes256Gcm.Open(_key, sealedBytes, "aad"u8).Value;
        Assert.Equal(length + Aes256Gcm.Overhead, sealedBytes.Length);
        Assert.Equal(plaintext.Span, opened.Span);
    }

    [Fact]
    public void Two_sealings_never_look_alike() =>
        Assert.NotEqual(Aes256Gcm.Seal(_key, "a"u8, []), Aes256Gcm.Seal(_key, "a"u8, []));

    [Fact]
    public void Any_change_is_refused()
    {
        var sealedBytes = Aes256Gcm.Seal(_key, "plaintext"u8, "aad"u8);
        for (var bit = 0; bit < sealedBytes.Length * 8; bit++)
        {
            sealedBytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(RefusalCode.InputMalformed, Aes256Gcm.Open(_key, sealedBytes, "aad"u8).Refusal?.Code);
            sealedBytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        using var other = SecretBytes.Random(32);
        Assert.NotNull(Aes256Gcm.Open(other, sealedBytes, "aad"u8).Refusal);
        Assert.NotNull(Aes256Gcm.Open(_key, sealedBytes, "aaD"u8).Refusal);
        for (var length = 0; length < sealedBytes.Length; length++)
            Assert.NotNull(Aes256Gcm.Open(_key, sealedBytes.AsSpan(0, length), "aad"u8).Refusal);
        Assert.Null(Aes256Gcm.Open(_key, sealedBytes, "aad"u8).Refusal);
    }

    public void Dispose() => _key.Dispose();
}
