namespace VaultGrid.Crypto.Tests;

public sealed class Argon2idTests
{
    private static readonly byte[] Salt = Convert.FromHexString("0102030405060708090a0b0c0d0e0f10");

    // Computed with @noble/hashes 1.8.0: argon2id("correct horse", salt, { m, t, p: 1, version: 0x13 }).
    [Theory]
    [InlineData(8192, 1, "2da4d0fc97c9ad9882ff7fa52f82c5abe7ed9b9752acf5ae7bf9b9c14fae6081")]
    [InlineData(8192, 3, "828d090c71ef12db92fc4e10b3973a0cc2a9c72deb4dbf2391942b4227b628a75cd913802c816eba94e1cc953f01144273ece84a6f69c9a368a63a5925e229f5")]
    [InlineData(16384, 2, "f1e3455aa5ea1c29c86fbb8ed431bd04")]
    public void A_key_is_what_another_implementation_derives(int memoryKiB, int passes, string expected)
    {
        using var passphrase = SecretBytes.Take("correct horse"u8.ToArray());
        using var key = Argon2id.Derive(passphrase, Salt, new(memoryKiB, passes), expected.Length / 2);
        Assert.Equal(expected, Convert.ToHexStringLower(key.Span));
    }

    [Fact]
    public void An_empty_passphrase_is_one_too()
    {
        using var empty = SecretBytes.Take([]);
        using var key = Argon2id.Derive(empty, Salt, Argon2idCost.UnsafeFast, 32);
        Assert.Equal(32, key.Length);
    }

    [Theory]
    [InlineData(8191, 1), InlineData(0, 1), InlineData(-1, 1), InlineData(8192, 0), InlineData(8192, 65), InlineData(int.MaxValue, 1)]
    public void A_cost_out_of_bounds_is_refused(int memoryKiB, int passes)
    {
        Assert.Equal(RefusalCode.InputUnsupported, Argon2idCost.Parse(memoryKiB, passes).Refusal?.Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Argon2idCost(memoryKiB, passes));
    }

    [Fact]
    public void A_salt_of_another_length_is_a_bug()
    {
        using var passphrase = SecretBytes.Random(8);
        Assert.Throws<ArgumentException>(() => Argon2id.Derive(passphrase, new byte[15], Argon2idCost.UnsafeFast, 32));
    }
}
