using System.Numerics;
using System.Text;
using VaultGrid.Crypto.Bls12381;
using VaultGrid.Testing;

namespace VaultGrid.Crypto.Tests.Bls12381;

public sealed class BlsSignatureTests
{
    private readonly SeededBytes _random = new();
    private readonly HashSet<BigInteger> _given = [];

    [Fact]
    public void Signatures_and_proofs_are_those_of_another_library()
    {
        foreach (var vector in GeneratedVectors.Read("bls-signatures"))
        {
            using var key = BlsSecretKey.Take(vector.Bytes("key")).Value;
            Assert.Equal(vector.Bytes("publicKey"), key.PublicKey.Compressed);
            Assert.Equal(vector.Bytes("signature"), key.Sign(vector.Bytes("message")).Compressed);
            Assert.Equal(vector.Bytes("possession"), key.ProvePossession().Compressed);

            var publicKey = BlsPublicKey.Parse(vector.Bytes("publicKey")).Value;
            Assert.True(publicKey.Verify(vector.Bytes("message"), BlsSignature.Parse(vector.Bytes("signature")).Value));
            Assert.True(publicKey.VerifyPossession(BlsSignature.Parse(vector.Bytes("possession")).Value));
        }
    }

    [Fact]
    public void Signatures_are_accepted_and_refused_as_published() =>
        WycheproofFile.RunAll("bls_sig_g2_basic_verify_test.json", vector =>
        {
            var key = vector.Group.GetProperty("publicKey").GetProperty("pk").GetString()!;
            var tag = Encoding.ASCII.GetBytes(vector.Group.GetProperty("ciphersuite").GetString()!);
            var accepted = BlsPublicKey.Parse(Convert.FromHexString(key)).Is(out var publicKey, out _)
                & BlsSignature.Parse(vector.Bytes("sig")).Is(out var signature, out _)
                && publicKey!.Verify(vector.Bytes("msg"), tag, signature!);
            return accepted == vector.IsValid ? null : $"accepted = {accepted}";
        });

    [Fact]
    public void Keys_are_generated_as_by_another_library()
    {
        foreach (var vector in GeneratedVectors.Read("bls-keys"))
        {
            using var material = SecretBytes.Take(vector.Bytes("material"));
            using var key = BlsSecretKey.Generate(material, vector.Bytes("info"));
            Assert.Equal(vector.Bytes("key"), Reveal(key));
        }
    }

    // EIP-2333, test case 0
    [Fact]
    public void The_master_key_of_EIP_2333_is_generated()
    {
        using var seed = SecretBytes.Take(Convert.FromHexString(
            "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04"));
        using var key = BlsSecretKey.Generate(seed);
        Assert.Equal("6083874454709270928345386274498605044986640685124978867557563392430687146096", Numbers.Read(Reveal(key)).ToString());
    }

    [Fact]
    public void Short_key_material_is_refused()
    {
        using var material = SecretBytes.Random(31);
        Assert.Throws<ArgumentException>(() => BlsSecretKey.Generate(material));
    }

    [Fact]
    public void A_key_of_zero_or_at_the_order_is_refused_and_wiped()
    {
        Assert.Equal(RefusalCode.InputMalformed, BlsSecretKey.Take(new byte[32]).Refusal!.Code);
        var order = Numbers.Write(Numbers.R, 32);
        Assert.Equal(RefusalCode.InputMalformed, BlsSecretKey.Take(order).Refusal!.Code);
        Assert.All(order, b => Assert.Equal(0, b));
        Assert.Equal(RefusalCode.InputMalformed, BlsPublicKey.From(G1Point.Identity).Refusal!.Code);
    }

    [Fact]
    public void Nothing_but_the_key_the_message_and_the_signature_verifies()
    {
        using var key = NextKey();
        using var other = NextKey();
        var message = _random.Next(32);
        var signature = key.Sign(message);
        Assert.True(key.PublicKey.Verify(message, signature));
        Assert.True(key.PublicKey.Verify(new BlsMessagePoint(message), signature));
        Assert.Equal(signature, key.SignHashed(new BlsMessagePoint(message)));
        Assert.False(other.PublicKey.Verify(message, signature));
        Assert.False(key.PublicKey.Verify([.. message, 0], signature));
        Assert.False(key.PublicKey.Verify(message, new BlsSignature(signature.Point.Negate())));
        Assert.False(key.PublicKey.Verify(message, new BlsSignature(signature.Point.Add(G2Point.Generator))));
        Assert.False(key.PublicKey.Verify(message, new BlsSignature(G2Point.Identity)));
    }

    [Fact]
    public void A_verification_begun_before_the_signature_answers_the_same()
    {
        using var key = NextKey();
        using var other = NextKey();
        var message = _random.Next(32);
        var signature = key.Sign(message);
        var begun = new BlsVerification(key.PublicKey, message);
        BlsSignature[] bad =
        [
            other.Sign(message), key.Sign([.. message, 0]), key.ProvePossession(), new(signature.Point.Negate()), new(signature.Point.Add(G2Point.Generator)), new(G2Point.Identity),
        ];
        Assert.True(begun.Accepts(signature));
        Assert.All(bad, one => Assert.False(begun.Accepts(one)));
        Assert.True(begun.Accepts(signature));
    }

    [Fact]
    public void A_signature_over_the_public_key_is_no_proof_of_possession()
    {
        using var key = NextKey();
        Assert.False(key.PublicKey.VerifyPossession(key.Sign(key.PublicKey.Compressed)));
        Assert.False(key.PublicKey.Verify(key.PublicKey.Compressed, key.ProvePossession()));
        using var other = NextKey();
        Assert.False(other.PublicKey.VerifyPossession(key.ProvePossession()));
    }

    [Fact]
    public void Secrets_print_nothing()
    {
        using var key = NextKey();
        using var scalar = BlsSecretScalar.From(BlsScalar.From(5));
        Assert.Equal("BlsSecretKey(redacted)", key.ToString());
        Assert.Equal("BlsSecretScalar(redacted)", scalar.ToString());
        Assert.Equal("BlsSecretScalar(redacted)", $"{scalar}");
    }

    [Fact]
    public void A_disposed_key_signs_no_more()
    {
        var key = NextKey();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign("m"u8));
        Assert.Throws<ObjectDisposedException>(key.ToBytes);
    }

    // Numbers near the ends come often, and so twice; two keys of one test are two.
    private BlsSecretKey NextKey()
    {
        while (true)
        {
            var number = _random.Next(Numbers.R - 1) + 1;
            if (_given.Add(number)) return BlsSecretKey.Take(Numbers.Write(number, 32)).Value;
        }
    }

    private static byte[] Reveal(BlsSecretKey key)
    {
        using var bytes = key.ToBytes();
        var plain = new byte[32];
        bytes.CopyTo(plain);
        return plain;
    }
}
