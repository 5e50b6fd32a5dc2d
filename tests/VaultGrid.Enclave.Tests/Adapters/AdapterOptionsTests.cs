namespace VaultGrid.Enclave.Tests;

/// <summary>Which switches make an adapter, and which don't go together.</summary>
public sealed class AdapterOptionsTests
{
    private const string Token = "--adapter pkcs11 --pkcs11-module m --pkcs11-token t --pkcs11-pin-file p";
    private const string Chip = "--adapter tpm --tpm-tcti device:/dev/tpmrm0 --tpm-pcrs 7,0,2";

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

    [Fact]
    public void A_tpm_takes_a_way_and_registers()
    {
        var options = Parse(Chip).Value;
        Assert.Equal((AdapterKind.Tpm, "device:/dev/tpmrm0", "0,2,7"), (options.Adapter, options.TpmTcti, options.TpmPcrs?.ToString()));
        Assert.Equal(0x01800001u, Parse(Chip + " --tpm-nv-index 0x01800001").Value.TpmNvIndex);
    }

    [Theory]
    [InlineData("", "--sealing-key-file and --passphrase-file")]
    [InlineData("--sealing-key-file k --passphrase-file p", "--sealing-key-file and --passphrase-file")]
    [InlineData("--adapter yubihsm", "--adapter yubihsm")]
    [InlineData("--adapter pkcs11", "--pkcs11-module")]
    [InlineData("--adapter pkcs11 --pkcs11-module m --pkcs11-token t", "--pkcs11-pin-file")]
    [InlineData("--sealing-key-file k --pkcs11-module m", "--pkcs11-module needs --adapter pkcs11")]
    [InlineData("--adapter tpm --tpm-pcrs 7", "--tpm-tcti")]
    [InlineData("--adapter tpm --tpm-tcti device:/dev/tpmrm0", "--tpm-pcrs")]
    [InlineData("--adapter tpm --tpm-tcti t --tpm-pcrs ,", "--tpm-pcrs ,")]
    [InlineData("--adapter tpm --tpm-tcti t --tpm-pcrs 24", "--tpm-pcrs 24")]
    [InlineData("--adapter tpm --tpm-tcti t --tpm-pcrs 7,7", "--tpm-pcrs 7,7")]
    [InlineData("--adapter tpm --tpm-tcti t --tpm-pcrs 0x7", "--tpm-pcrs 0x7")]
    [InlineData(Chip + " --tpm-nv-index 0x01C00000", "--tpm-nv-index 0x01C00000")]
    [InlineData(Chip + " --tpm-nv-index 25165825", "--tpm-nv-index 25165825")]
    [InlineData(Chip + " --version-guard g", "--version-guard is not for --adapter tpm")]
    [InlineData("--sealing-key-file k --tpm-pcrs 7", "--tpm-pcrs needs --adapter tpm")]
    [InlineData(Token + " --sealing-key-file k", "--sealing-key-file needs --adapter software")]
    [InlineData(Token + " --unsafe-fast-passphrase", "--unsafe-fast-passphrase needs --adapter software")]
    [InlineData(Token + " --pkcs11-pin 1234", "--pkcs11-pin 1234")]
    public void What_does_not_fit_is_said(string switches, string says) =>
        Assert.Contains(says, Parse(switches).Refusal?.Detail, StringComparison.Ordinal);

    private static Outcome<EnclaveOptions> Parse(string switches) =>
        CommandLine.Parse(["--store", "s", "--socket", "c", .. switches.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
}
