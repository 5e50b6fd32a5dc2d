namespace VaultGrid.Enclave.Tests;

/// <summary>Which switches make an adapter, and which don't go together.</summary>
public sealed class AdapterOptionsTests
{
    private const string Token = "--adapter pkcs11 --pkcs11-module m --pkcs11-token t --pkcs11-pin-file p";

    [Fact]
    public void Software_is_what_nobody_has_to_ask_for()
    {
        Assert.Equal(AdapterKind.Software, Parse("--sealing-key-file k").Value.Adapter);
        Assert.Equal(AdapterKind.Software, Parse("--adapter software --passphrase-file k").Value.Adapter);
    }

    [Fact]
    public void A_token_takes_a_module_a_label_and_a_pin_file()
    {
        var options = Parse(Token).Value;
        Assert.Equal((AdapterKind.Pkcs11, "m", "t", "p"), (options.Adapter, options.Pkcs11Module, options.Pkcs11Token, options.Pkcs11PinFile));
    }

    [Theory]
    [InlineData("", "--sealing-key-file and --passphrase-file")]
    [InlineData("--sealing-key-file k --passphrase-file p", "--sealing-key-file and --passphrase-file")]
    [InlineData("--adapter yubihsm", "--adapter yubihsm")]
    [InlineData("--adapter pkcs11", "--pkcs11-module")]
    [InlineData("--adapter pkcs11 --pkcs11-module m --pkcs11-token t", "--pkcs11-pin-file")]
    [InlineData("--sealing-key-file k --pkcs11-module m", "--pkcs11-module needs --adapter pkcs11")]
    [InlineData(Token + " --sealing-key-file k", "--sealing-key-file needs --adapter software")]
    [InlineData(Token + " --unsafe-fast-passphrase", "--unsafe-fast-passphrase needs --adapter software")]
    [InlineData(Token + " --pkcs11-pin 1234", "--pkcs11-pin 1234")]
    public void What_does_not_fit_is_said(string switches, string says) =>
        Assert.Contains(says, Parse(switches).Refusal?.Detail, StringComparison.Ordinal);

    private static Outcome<EnclaveOptions> Parse(string switches) =>
        CommandLine.Parse(["--store", "s", "--socket", "c", .. switches.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
}
