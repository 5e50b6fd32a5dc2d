using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.Groups;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto.Tests;

public sealed class RedactionTests
{
    private static readonly byte[] Marker = [.. Enumerable.Range(1, 32).Select(i => (byte)(i * 7))];

    public static TheoryData<string> Names => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_secret_bearing_object_prints_formats_and_serialises_nothing(string name)
    {
        using var bearer = Make(name);
        Assert.EndsWith("(redacted)", bearer.ToString(), StringComparison.Ordinal);

        var texts = new List<string> { bearer.ToString()!, $"{bearer}", string.Format(null, "{0}", bearer), string.Concat("", bearer) };
        try
        {
            texts.Add(JsonSerializer.Serialize(bearer, bearer.GetType()));
        }
        catch (Exception refused) when (refused is NotSupportedException or InvalidOperationException)
        {
            texts.Add(refused.ToString());
        }
        bearer.Dispose();
        texts.Add(Record.Exception(() => Use(bearer))?.ToString() ?? "");

        foreach (var text in texts)
            foreach (var form in Forms())
                Assert.DoesNotContain(form, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void No_secret_bearing_type_is_forgotten_here()
    {
        Type[] containers = [typeof(SecretBytes), typeof(LockedBlock), typeof(MpzHandle), typeof(Limbs)];
        var bearing = typeof(SecretBytes).Assembly.GetTypes()
            .Where(t => !t.IsNested && !t.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Where(t => t.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                .Any(f => containers.Contains(f.FieldType) || f.FieldType == typeof(PrivateKey)))
            .Select(t => t.Name);
        Assert.Empty(bearing.Except(Names.Select(name => name.Data)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_debugger_sees_nothing_and_no_codec_is_declared(string name)
    {
        using var bearer = Make(name);
        var type = bearer.GetType();
        Assert.Contains("redacted", type.GetCustomAttribute<DebuggerDisplayAttribute>()!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(type.GetCustomAttributes(), a => a.GetType().Name is "GenerateSerializerAttribute" or "JsonConverterAttribute" or "SerializableAttribute");
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(f => f.FieldType.IsAssignableTo(typeof(IDisposable))))
            if (!field.Name.StartsWith('<'))
                Assert.Equal(DebuggerBrowsableState.Never, field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State);
    }

    // What makes one of each; what is secret in it is made of the marker.
    private static readonly Dictionary<string, Func<SecretBytes, IDisposable>> Makers = new()
    {
        [nameof(SecretBytes)] = marker => marker.Clone(),
        [nameof(SecretBuffer)] = Buffer,
        [typeof(Once<>).Name] = marker => new Once<SecretBytes>(marker.Clone()),
        [nameof(PrivateKey)] = Key,
        [nameof(SchnorrKeyPair)] = marker => SchnorrKeyPair.Of(Key(marker)),
        [nameof(ExtendedPrivateKey)] = marker => ExtendedPrivateKey.FromSeed(marker).Value,
        [nameof(Mnemonic)] = marker => Mnemonic.FromEntropy(marker).Value,
        [nameof(P256SigningKey)] = marker => P256SigningKey.Import(marker).Value,
        [nameof(BoxStock)] = Stock,
        [nameof(PreparedBox)] = marker => new PreparedBox([], marker.Clone()),
        [nameof(P256AgreementKey)] = marker => P256AgreementKey.Import(marker).Value,
        [nameof(RsaOaepPrivateKey)] = _ => RsaOaepPrivateKey.Generate(),
        [nameof(SecretInteger)] = marker => SecretInteger.FromBytes(marker.Span),
        [nameof(Limbs)] = marker => Limbs.FromBytes(marker.Span, 4),
        [nameof(SecretScalar)] = marker => PrimeGroup.Secp256k1.DecodeSecret(marker.Clone()).Value,
        [nameof(SecretElement)] = Element,
        [nameof(BlsSecretScalar)] = marker => BlsSecretScalar.Take(marker.Span.ToArray()).Value,
        [nameof(BlsSecretKey)] = marker => BlsSecretKey.Generate(marker),
        [nameof(PrimeSquare)] = Square,
        [nameof(PaillierPrivateKey)] = _ => PaillierPrivateKey.Generate(PaillierKeys.Random, PaillierModulusSize.UnsafeBits2048),
        [nameof(PaillierNoise)] = marker => new PaillierNoise(Limbs.FromBytes(marker.Span, 4)),
        [nameof(WrapKey)] = marker => WrapKey.Import(WrapKeyKind.P256, marker).Value,
        [nameof(MasterKey)] = marker => MasterKey.Open(marker, MasterKeyKind.Aes256, [], Aes256Gcm.Seal(marker, marker, []), []).Value,
        [nameof(PaillierNoisePool)] = _ => new PaillierNoisePool(PaillierKeys.Shared, 1),
    };

    private static IDisposable Make(string name)
    {
        using var marker = SecretBytes.Take((byte[])Marker.Clone());
        var bearer = Makers[name](marker);
        Assert.Equal(name, bearer.GetType().Name);
        return bearer;
    }

    private static PrivateKey Key(SecretBytes marker) => PrivateKey.From(marker.Clone()).Value;

    private static PrimeSquare Square(SecretBytes marker)
    {
        using var odd = Limbs.FromBytes([0xff, 0, 0, 0, 0, 0, 0, .. marker.Span, 0x01], 5);
        return new PrimeSquare(odd);
    }

    private static SecretElement Element(SecretBytes marker)
    {
        using var scalar = PrimeGroup.Ristretto255.ReduceSecret([.. marker.Span, .. marker.Span]);
        return SecretElement.Of(PrimeGroup.Ristretto255.Generator, scalar);
    }

    private static SecretBuffer Buffer(SecretBytes marker)
    {
        var buffer = new SecretBuffer();
        buffer.Write(marker);
        return buffer;
    }

    private static BoxStock Stock(SecretBytes marker)
    {
        using var key = P256AgreementKey.Import(marker).Value;
        return new BoxStock(key.PublicKey, 1);
    }

    private static void Use(IDisposable bearer)
    {
        switch (bearer)
        {
            case SecretBytes secret: secret.CopyTo(new byte[32]); break;
            case PrivateKey key: key.Sign(new byte[32]); break;
            case ExtendedPrivateKey key: key.Derive(DerivationPath.Hardened); break;
            case Mnemonic mnemonic: mnemonic.ToEntropy(); break;
            case SchnorrKeyPair pair: pair.Sign(new byte[32]); break;
            case SecretBuffer buffer: buffer.ToSecret(); break;
            case Once<SecretBytes> once: once.Take(); break;
            case P256SigningKey key: key.Sign([]); break;
            case P256AgreementKey key: key.Export(); break;
            case PreparedBox box: box.Seal([], []); break;
            case BoxStock stock: Assert.False(stock.FillOne()); break;
            case RsaOaepPrivateKey key: key.Export(); break;
            case WrapKey key: key.Export(); break;
            case MasterKey key: key.Seal(key.Secret, []); break;
            case Limbs number: number.CopyTo(new byte[32]); break;
            case SecretScalar scalar: scalar.ToSecret(); break;
            case SecretElement element: element.ToSecret(); break;
            case BlsSecretScalar scalar: scalar.ToBytes(); break;
            case BlsSecretKey key: key.Sign([]); break;
            case PrimeSquare square: square.Square.CopyTo(new byte[80]); break;
            case PaillierPrivateKey key: key.Export(); break;
            case PaillierNoise noise: noise.Take(); break;
            case PaillierNoisePool pool: Assert.False(pool.FillOne(PaillierKeys.Random)); break;
            case SecretInteger number: number.IsProbablePrimeVarTime(); break;
            default: throw new UnreachableException(bearer.GetType().Name);
        }
    }

    private static IEnumerable<string> Forms()
    {
        var part = Marker.AsSpan(0, 8).ToArray();
        return [Convert.ToHexString(part), Convert.ToBase64String(Marker)[..10], string.Join(',', part), string.Join(", ", part), "card" /* a word of its mnemonic */];
    }
}
