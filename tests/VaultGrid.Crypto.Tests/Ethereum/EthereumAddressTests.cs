using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Crypto.Tests;

public sealed class EthereumAddressTests
{
    // The examples of EIP-55.
    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    public void Writes_and_reads_the_checksum_of_eip_55(string text) => Assert.Equal(text, EthereumAddress.Parse(text).Value.ToString());

    [Fact]
    public void Reads_an_address_without_capitals_as_one_without_a_checksum() =>
        Assert.Equal(
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            EthereumAddress.Parse("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed").Value.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0X5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae")]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed0")]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg")]
    [InlineData(" 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae")]
    [InlineData("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1bea\u212ad")] // a letter that ToLower turns into an ASCII k
    public void Refuses_every_other_text(string? text) => Assert.Equal(RefusalCode.InputMalformed, EthereumAddress.Parse(text).Refusal!.Code);

    [Fact]
    public void A_changed_case_of_any_letter_is_refused()
    {
        foreach (var vector in GeneratedVectors.Read("addresses").Take(20))
        {
            var text = vector.Text("address");
            for (var i = 2; i < text.Length; i++)
            {
                if (char.IsAsciiDigit(text[i])) continue;
                var changed = text[..i] + (char)(text[i] ^ 0x20) + text[(i + 1)..];
                if (changed.Any(char.IsAsciiLetterUpper)) Assert.NotNull(EthereumAddress.Parse(changed).Refusal);
            }
        }
    }

    [Fact]
    public void Bytes_survive_the_round_trip()
    {
        foreach (var vector in GeneratedVectors.Read("addresses"))
        {
            var address = EthereumAddress.Parse(vector.Text("address")).Value;
            Assert.Equal(vector.Text("address"), address.ToString());
            Assert.Equal(address, new EthereumAddress(address.ToArray()));
            Assert.Equal(Convert.FromHexString(vector.Text("address").AsSpan(2)), address.AsSpan());
        }
    }

    [Fact]
    public void Agrees_with_other_libraries_on_the_address_of_a_key()
    {
        foreach (var vector in GeneratedVectors.Read("addresses"))
            Assert.Equal(vector.Text("address"), EthereumAddress.Of(PublicKey.Parse(vector.Bytes("publicKey")).Value).ToString());
    }

    [Fact]
    public void Another_length_is_a_bug_of_the_caller() => Assert.Throws<ArgumentException>(() => new EthereumAddress(new byte[19]));
}
