using System.Security.Cryptography;
using System.Text;

namespace VaultGrid.Enclave.Tests;

/// <summary>Files for the software adapters of a test.</summary>
internal static class SecretFiles
{
    public static string Write(byte[] content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("vg-").FullName, "secret");
        File.WriteAllBytes(path, content);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}

/// <summary>The software adapter with a key file.</summary>
public sealed class KeyFileAdapterTests : AdapterConformance
{
    private readonly string _file = SecretFiles.Write(RandomNumberGenerator.GetBytes(32));

    private protected override IVaultAdapter Create() => new SoftwareAdapter(KeyFileSecret.Read(_file).Value);

    private protected override IVaultAdapter CreateOther() => new SoftwareAdapter(KeyFileSecret.Read(SecretFiles.Write(RandomNumberGenerator.GetBytes(32))).Value);

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite)]
    public void A_key_file_that_others_may_touch_is_refused(UnixFileMode mode) => Refused(SecretFiles.Write(new byte[32], mode));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_file_of_another_length_is_refused(int length) => Refused(SecretFiles.Write(new byte[length]));

    [Fact]
    public void A_key_file_that_is_not_there_is_refused() => Refused("/nonexistent/key");

    [Fact]
    public void A_store_that_a_passphrase_sealed_asks_for_the_passphrase()
    {
        using var passphrase = PassphraseSecret.Read(SecretFiles.Write("correct horse battery"u8.ToArray()), Argon2idCost.UnsafeFast).Value;
        using var adapter = Create();
        var refusal = adapter.SealingKey(passphrase.NewParameters()).Refusal;
        Assert.Contains("--passphrase-file", refusal?.Detail, StringComparison.Ordinal);
    }

    private static void Refused(string path) => Assert.Equal(RefusalCode.StoreSealed, KeyFileSecret.Read(path).Refusal?.Code);
}

/// <summary>The software adapter with a passphrase.</summary>
public sealed class PassphraseAdapterTests : AdapterConformance
{
    private readonly string _file = SecretFiles.Write("correct horse battery staple\n"u8.ToArray());

    private protected override IVaultAdapter Create() => Open(_file);

    private protected override IVaultAdapter CreateOther() => Open(SecretFiles.Write("correct horse battery stapler"u8.ToArray()));

    [Fact]
    public void One_line_end_is_not_part_of_the_passphrase()
    {
        using var with = Create();
        using var without = Open(SecretFiles.Write("correct horse battery staple"u8.ToArray()));
        var parameters = with.NewParameters();
        using var first = with.SealingKey(parameters).Value;
        using var second = without.SealingKey(parameters).Value;
        var (a, b) = (new byte[32], new byte[32]);
        first.CopyTo(a);
        second.CopyTo(b);
        Assert.Equal(a, b);
    }

    [Fact]
    public void A_passphrase_that_is_too_short_is_refused() => Assert.Equal(
        RefusalCode.StoreSealed, PassphraseSecret.Read(SecretFiles.Write(Encoding.UTF8.GetBytes("short\n")), Argon2idCost.UnsafeFast).Refusal?.Code);

    private static SoftwareAdapter Open(string path) => new(PassphraseSecret.Read(path, Argon2idCost.UnsafeFast).Value);
}
