using System.Runtime.InteropServices;
using VaultGrid.Testing.Hardware;

namespace VaultGrid.Enclave.Tests;

/// <summary>The PKCS#11 adapter on SoftHSM2.</summary>
public sealed class Pkcs11AdapterTests : AdapterConformance
{
    public Pkcs11AdapterTests() => Assert.SkipWhen(SoftHsm.Module is null, "SoftHSM2 is not installed (package softhsm2)");

    [Fact]
    public void A_token_that_is_not_there_is_refused_with_those_that_are()
    {
        var refusal = Refused(SoftHsm.Module!, "valt", SoftHsm.Pin);
        Assert.Contains("no token has the label 'valt'", refusal, StringComparison.Ordinal);
        Assert.Contains("'vault'", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_pin_is_refused_and_not_repeated()
    {
        Assert.Contains("CKR_PIN_INCORRECT", Refused(SoftHsm.Module!, "guessed", "not-the-pin"), StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-pin", Refused(SoftHsm.Module!, "guessed", "not-the-pin"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_locked_pin_says_who_can_unlock_it() =>
        Assert.Contains("security officer", new CryptokiException(Cryptoki.PinLocked, "C_Login").Message, StringComparison.Ordinal);

    [Fact]
    public void A_module_that_is_not_there_names_the_package() =>
        Assert.Contains("softhsm2", Refused("/nonexistent/module.so", "vault", SoftHsm.Pin), StringComparison.Ordinal);

    [Theory]
    [InlineData("libc.so.6", "no PKCS#11 module")]
    [InlineData(null, "can't be loaded")]
    public void A_library_that_is_no_module_is_refused(string? library, string says)
    {
        var path = library is null
            ? SecretFiles.Write("not a library"u8.ToArray())
            : new[] { "/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/lib64" }.Select(folder => Path.Combine(folder, library)).First(File.Exists);
        Assert.Contains(says, Refused(path, "vault", SoftHsm.Pin), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pin_file_that_others_may_read_is_refused()
    {
        var file = SoftHsm.Instance.PinFile();
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Pkcs11Adapter.Open(SoftHsm.Module!, "vault", file).Refusal?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_pin_is_refused() =>
        Assert.Contains("empty", Pkcs11Adapter.Open(SoftHsm.Module!, "vault", SoftHsm.Instance.PinFile("")).Refusal?.Detail, StringComparison.Ordinal);

    [Fact]
    public void Changed_parameters_unseal_nothing()
    {
        using var adapter = Create();
        var parameters = adapter.NewParameters();
        for (var i = 0; i < parameters.Length; i++)
        {
            var changed = parameters.ToArray();
            changed[i] ^= 1;
            Assert.NotNull(adapter.SealingKey(changed).Refusal);
        }

        Assert.NotNull(adapter.SealingKey(parameters.AsSpan(1)).Refusal);
        Assert.NotNull(adapter.SealingKey([.. parameters, 0]).Refusal);
        using var key = adapter.SealingKey(parameters).Value;
    }

    [Theory]
    [InlineData(DeviceKeyAlgorithm.P256, 0x11)]
    [InlineData(DeviceKeyAlgorithm.Rsa3072, 0x123)]
    public void A_device_key_can_not_be_read_out_of_the_token(DeviceKeyAlgorithm algorithm, int valueAttribute)
    {
        using var adapter = Create();
        using var handle = adapter.CreateDeviceKey(algorithm);
        var id = new byte[handle.Length];
        handle.CopyTo(id);
        using var token = CryptokiToken.Open(SoftHsm.Module!, "vault", PinFile.Read(SoftHsm.Instance.PinFile()).Value).Value;
        var (value, isPrivate) = token.Use(session =>
        {
            var key = Pkcs11Adapter.Find(session, Cryptoki.PrivateKeyClass, id.AsSpan(1))!.Value;
            return (session.Attribute(key, (nuint)valueAttribute), session.Attribute(key, Cryptoki.Private));
        });
        Assert.Null(value);
        Assert.Equal([1], isPrivate);
    }

    [Fact]
    public void A_destroyed_device_key_is_gone_from_the_token_and_stops_signing()
    {
        using var adapter = Create();
        using var handle = adapter.CreateDeviceKey(DeviceKeyAlgorithm.P256);
        using var key = adapter.OpenDeviceKey(DeviceKeyAlgorithm.P256, handle).Value;
        key.Sign([1]);
        adapter.DestroyDeviceKey(DeviceKeyAlgorithm.P256, handle);
        Assert.Contains("does not hold it", adapter.OpenDeviceKey(DeviceKeyAlgorithm.P256, handle).Refusal?.Detail, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => key.Sign([1]));
    }

    [Fact]
    public void A_device_key_of_the_other_algorithm_is_refused()
    {
        using var adapter = Create();
        using var handle = adapter.CreateDeviceKey(DeviceKeyAlgorithm.P256);
        Assert.Equal(RefusalCode.StoreSealed, adapter.OpenDeviceKey(DeviceKeyAlgorithm.Rsa3072, handle).Refusal?.Code);
    }

    [Fact]
    public unsafe void A_token_that_was_reset_is_logged_in_to_again()
    {
        using var adapter = Open("guessed");
        var parameters = adapter.NewParameters();
        using var handle = adapter.CreateDeviceKey(DeviceKeyAlgorithm.P256);
        using var key = adapter.OpenDeviceKey(DeviceKeyAlgorithm.P256, handle).Value;
        key.Sign([1]);
        for (var reset = 0; reset < 3; reset++)
        {
            // What a token does that is taken out and put in again: all sessions are gone, and the log-in with them.
            var close = (delegate* unmanaged[Cdecl]<nuint, nuint>)NativeLibrary.GetExport(NativeLibrary.Load(SoftHsm.Module!), "C_CloseAllSessions");
            Assert.Equal(Cryptoki.Ok, close(CryptokiModule.Load(SoftHsm.Module!).Value.SlotOf("guessed").Value));
            Assert.True(key.PublicKey.VerifiesStatement([2], key.Sign([2])));
            adapter.SealingKey(parameters).Value.Dispose();
        }
    }

    private protected override IVaultAdapter Create() => Open("vault");

    private protected override IVaultAdapter CreateOther() => Open("other");

    private static Pkcs11Adapter Open(string label) => Pkcs11Adapter.Open(SoftHsm.Module!, label, SoftHsm.Instance.PinFile()).Value;

    private static string Refused(string module, string label, string pin)
    {
        var refusal = Pkcs11Adapter.Open(module, label, SoftHsm.Instance.PinFile(pin)).Refusal;
        Assert.Equal(RefusalCode.StoreSealed, refusal?.Code);
        return refusal!.Detail;
    }
}
