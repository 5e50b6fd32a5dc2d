using System.Text;

namespace VaultGrid.Enclave.Tests;

/// <summary>What every adapter must do. Derive from it and give it an adapter; hardware adapters pass the same.</summary>
public abstract class AdapterConformance : IDisposable
{
    private readonly Lazy<IVaultAdapter> _adapter;

    protected AdapterConformance() => _adapter = new(() => Create());

    private IVaultAdapter Adapter => _adapter.Value;

    /// <summary>The adapter over the same hardware, key or passphrase each time.</summary>
    private protected abstract IVaultAdapter Create();

    /// <summary>The adapter over another one.</summary>
    private protected abstract IVaultAdapter CreateOther();

    /// <summary>Switches the hardware off, after its adapters are closed.</summary>
    protected virtual void Close()
    {
    }

    public void Dispose()
    {
        if (_adapter.IsValueCreated) _adapter.Value.Dispose();
        Close();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void It_names_itself_in_lower_case() => Assert.Matches("^[a-z0-9]{1,16}$", Adapter.Kind);

    [Fact]
    public void The_same_parameters_give_the_same_sealing_key_after_a_restart()
    {
        var parameters = Adapter.NewParameters();
        Assert.InRange(parameters.Length, 1, 4096);
        using var first = Adapter.SealingKey(parameters).Value;
        using var restarted = Create();
        using var second = restarted.SealingKey(parameters).Value;
        Assert.Equal(Aes256Gcm.KeyLength, first.Length);
        Assert.Equal(Bytes(first), Bytes(second));
    }

    [Fact]
    public void Another_one_gives_another_key_or_none()
    {
        var parameters = Adapter.NewParameters();
        using var own = Adapter.SealingKey(parameters).Value;
        using var stranger = CreateOther();
        if (!stranger.SealingKey(parameters).Is(out var other, out var refusal)) Assert.Equal(RefusalCode.StoreSealed, refusal.Code);
        else Assert.NotEqual(Bytes(own), Bytes(other));
    }

    [Fact]
    public void Parameters_that_are_none_are_refused()
    {
        foreach (var parameters in new byte[][] { [], [0], [99, 1, 2, 3], [2], [2, .. new byte[24]], [2, .. Enumerable.Repeat((byte)0xff, 24)] })
            Assert.NotNull(Adapter.SealingKey(parameters).Refusal);
    }

    [Theory]
    [InlineData(DeviceKeyAlgorithm.P256)]
    [InlineData(DeviceKeyAlgorithm.Rsa3072)]
    public void A_device_key_signs_what_its_public_key_verifies_also_after_a_restart(DeviceKeyAlgorithm algorithm)
    {
        using var handle = Adapter.CreateDeviceKey(algorithm);
        using var key = Adapter.OpenDeviceKey(algorithm, handle).Value;
        using var restarted = Create();
        using var again = restarted.OpenDeviceKey(algorithm, handle).Value;
        Assert.Equal(algorithm == DeviceKeyAlgorithm.Rsa3072, key.PublicKey.IsRsa);
        Assert.Equal(key.PublicKey, again.PublicKey);
        foreach (var statement in new[] { "", "VaultGrid/v1/test\0body", new string('x', 100_000) }.Select(Encoding.UTF8.GetBytes))
        {
            Assert.True(key.PublicKey.VerifiesStatement(statement, again.Sign(statement)));
            Assert.False(key.PublicKey.VerifiesStatement([.. statement, 0], key.Sign(statement)));
        }
    }

    [Theory]
    [InlineData(DeviceKeyAlgorithm.P256)]
    [InlineData(DeviceKeyAlgorithm.Rsa3072)]
    public void Device_keys_differ_and_handles_that_are_none_are_refused(DeviceKeyAlgorithm algorithm)
    {
        using var handle = Adapter.CreateDeviceKey(algorithm);
        using var other = Adapter.CreateDeviceKey(algorithm);
        using (var key = Adapter.OpenDeviceKey(algorithm, handle).Value)
        using (var second = Adapter.OpenDeviceKey(algorithm, other).Value)
            Assert.NotEqual(key.PublicKey, second.PublicKey);

        using var garbage = SecretBytes.Random(77);
        Assert.Equal(RefusalCode.StoreSealed, Adapter.OpenDeviceKey(algorithm, garbage).Refusal?.Code);
    }

    [Fact]
    public void A_destroyed_device_key_stays_destroyed()
    {
        var handle = Adapter.CreateDeviceKey(DeviceKeyAlgorithm.P256);
        Adapter.DestroyDeviceKey(DeviceKeyAlgorithm.P256, handle);
        Adapter.DestroyDeviceKey(DeviceKeyAlgorithm.P256, handle);
    }

    [Fact]
    public void A_device_key_signs_from_many_threads()
    {
        using var handle = Adapter.CreateDeviceKey(DeviceKeyAlgorithm.P256);
        using var key = Adapter.OpenDeviceKey(DeviceKeyAlgorithm.P256, handle).Value;
        Parallel.For(0, 200, i => Assert.True(key.PublicKey.VerifiesStatement(BitConverter.GetBytes(i), key.Sign(BitConverter.GetBytes(i)))));
    }

    private static byte[] Bytes(SecretBytes secret)
    {
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return bytes;
    }
}
