using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace VaultGrid.Enclave.Tests;

/// <summary>Whatever holds a secret prints, serialises and shows nothing of it.</summary>
public sealed class RedactionTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly TestStore _store;
    private readonly TestGrid _grid;

    public RedactionTests()
    {
        _store = new TestStore(_time);
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Types_that_hold_secrets_print_and_serialise_nothing_of_them()
    {
        var (state, seed, device) = await StateAsync();
        using var secret = SecretBytes.Take(seed.ToArray());
        using var sealing = StoreSealing.Create(new SoftwareAdapter(KeyFileSecret.Read(_store.KeyFile).Value)).Value;
        object[] holders =
        [
            secret, state.Keys.All.First(), state.Identity!, state.Identity!.Key!, state.Keys.All.First().Seed, sealing,
            KeyFileSecret.Read(_store.KeyFile).Value, PassphraseSecret.Read(SecretFiles.Write([.. seed]), Argon2idCost.UnsafeFast).Value, new NodeCache(),
            new MasterKeyCache(), ChainKey.Generate(WrapKeyKind.P256), new OpenMaster(MasterKey.Generate(MasterKeyKind.EcdsaP256)),
        ];
        foreach (var holder in holders)
        {
            Assert.Contains("redacted", holder.ToString(), StringComparison.Ordinal);
            AssertNothing(seed, device, holder.ToString()!, Serialised(holder));
        }

        AssertNothing(seed, device, state.ToString());
    }

    [Fact]
    public async Task No_answer_and_no_byte_of_the_store_shows_a_secret()
    {
        var (state, seed, device) = await StateAsync();
        var node = new TestNode(_grid, NodeId.Parse("1/1"), new CorePort(_store.TryStart().Value));
        var key = state.Keys.All.First();
        foreach (var (kind, body) in new (EnclaveCallKind, byte[])[]
        {
            (EnclaveCallKind.Status, []),
            (EnclaveCallKind.Records, []),
            (EnclaveCallKind.DescribeKey, key.Hash.ToArray()),
            (EnclaveCallKind.Join, new WireWriter().Text("treasury").ToArray()),
            (EnclaveCallKind.DeriveAccount, new WireWriter().Hash(key.Hash).Text("m/44'").ToArray()),
        })
        {
            var answer = (await node.Port.CallAsync(kind, body, TestContext.Current.CancellationToken)).Value.ToArray();
            Assert.Equal(-1, answer.AsSpan().IndexOf(seed));
            Assert.Equal(-1, answer.AsSpan().IndexOf(device));
        }

        Assert.Equal(-1, File.ReadAllBytes(_store.StoreFile).AsSpan().IndexOf(seed));
        Assert.Equal(-1, File.ReadAllBytes(_store.StoreFile).AsSpan().IndexOf(device));
        Assert.Equal(-1, VersionedPart.Write(state).AsSpan().IndexOf(seed));
    }

    [Fact]
    public void No_type_of_the_enclave_that_holds_a_secret_is_a_record_that_prints_its_members()
    {
        var secrets = new[] { typeof(SecretBytes), typeof(IDeviceKey), typeof(ExtendedPrivateKey), typeof(P256AgreementKey), typeof(P256SigningKey), typeof(MasterKey), typeof(Crypto.WrapKey) };
        foreach (var type in typeof(EnclaveCore).Assembly.GetTypes().Where(type => !type.Name.Contains('<', StringComparison.Ordinal)))
        {
            var holds = type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                .Any(field => secrets.Any(secret => secret.IsAssignableFrom(field.FieldType)));
            var prints = type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;
            Assert.False(holds && prints, $"{type.Name} is a record with a secret in it");
        }
    }

    private async Task<(VaultState State, byte[] Seed, byte[] Device)> StateAsync()
    {
        var node = _store.Start(_grid);
        await node.JoinClusterAsync(TestGrid.Membership([1]));
        await node.CreateKeyAsync();
        _store.Stop();
        var (_, state) = StoreSealing.Open(File.ReadAllBytes(_store.StoreFile), new SoftwareAdapter(KeyFileSecret.Read(_store.KeyFile).Value)).Value;
        Assert.True(state.Keys.All.First().Seed.TryTake(out var lease));
        using (lease)
        {
            var (seed, device) = (new byte[RootSeed.Length], new byte[state.Identity!.Handle!.Length]);
            lease.Value.CopyTo(seed);
            state.Identity.Handle.CopyTo(device);
            return (state, seed, device);
        }
    }

    private static string Serialised(object holder)
    {
        try
        {
            return JsonSerializer.Serialize(holder, holder.GetType());
        }
        catch (Exception refused) when (refused is NotSupportedException or InvalidOperationException or JsonException or CryptographicException)
        {
            return "";
        }
    }

    private static void AssertNothing(byte[] seed, byte[] device, params string[] texts)
    {
        foreach (var text in texts)
        {
            foreach (var secret in new[] { seed, device })
            {
                Assert.DoesNotContain(Convert.ToHexStringLower(secret), text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(Convert.ToBase64String(secret), text, StringComparison.Ordinal);
            }
        }
    }
}
