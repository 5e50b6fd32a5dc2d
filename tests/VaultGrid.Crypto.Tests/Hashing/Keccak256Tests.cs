using System.Security.Cryptography;
using System.Text;

namespace VaultGrid.Crypto.Tests;

public sealed class Keccak256Tests
{
    // The empty digest is the code hash of every account without code; the second is the selector of ERC-20's transfer.
    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("transfer(address,uint256)", "a9059cbb2ab09eb219583f4a59a5d0623ade346d962bcd4e46b11da047c9049b")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    public void Matches_known_digests(string text, string digest) =>
        Assert.Equal(digest, Convert.ToHexStringLower(Keccak256.Hash(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Is_not_sha3()
    {
        Assert.SkipUnless(SHA3_256.IsSupported, "the system's OpenSSL has no SHA-3");
        Assert.NotEqual(SHA3_256.HashData("abc"u8), Keccak256.Hash("abc"u8));
    }

    [Fact]
    public void Allocates_nothing_into_a_span()
    {
        const int Calls = 1000;
        var digest = new byte[Keccak256.Size];
        var data = new byte[1000];
        Keccak256.Hash(data, digest);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++) Keccak256.Hash(data, digest);
        // The runtime itself may allocate a little once (tiering); one object a call would be 24 bytes or more each.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * Calls);
    }

    [Fact]
    public void A_short_destination_is_a_bug_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => Keccak256.Hash([], new byte[31]));
}
