using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.HashToCurve;
using VaultGrid.Testing;

namespace VaultGrid.Crypto.Tests.Bls12381;

public sealed class HashToCurveTests
{
    [Fact]
    public void Points_of_G1_are_those_of_RFC_9380() => Check("BLS12381G1_XMD_SHA-256_SSWU_RO_", (message, tag, u, vector) =>
    {
        Assert.Equal(Coordinates(vector.GetProperty("P")), G1Point.Hash(message, tag).ToUncompressed());
        for (var i = 0; i < 2; i++)
        {
            var q = G1Suite.MapToCurve(Fp.From(u[i]));
            Assert.Equal(Coordinates(vector.GetProperty($"Q{i}")), PointEncoding<Fp, G1Curve>.Write(q));
        }
    });

    [Fact]
    public void Points_of_G2_are_those_of_RFC_9380() => Check("BLS12381G2_XMD_SHA-256_SSWU_RO_", (message, tag, u, vector) =>
    {
        Assert.Equal(Coordinates(vector.GetProperty("P")), G2Point.Hash(message, tag).ToUncompressed());
        for (var i = 0; i < 2; i++)
        {
            var parts = u[i].Split(",0x");
            var q = G2Suite.MapToCurve(Fp2.From(parts[0], parts[1]));
            Assert.Equal(Coordinates(vector.GetProperty($"Q{i}")), PointEncoding<Fp2, G2Curve>.Write(q));
        }
    });

    [Fact]
    public void Points_of_secp256k1_are_those_of_RFC_9380() => Check("secp256k1_XMD_SHA-256_SSWU_RO_", (message, tag, u, vector) =>
    {
        Assert.Equal(Coordinates(vector.GetProperty("P")), Secp256k1Suite.Hash(message, tag).ToUncompressed()[1..]);
        for (var i = 0; i < 2; i++)
        {
            var q = Secp256k1Suite.MapToCurve(Fields.Residue<Secp256k1Modulus>.From(u[i]));
            Assert.Equal(Coordinates(vector.GetProperty($"Q{i}")), q.ToUncompressed()[1..]);
        }
    });

    [Fact]
    public void Hashes_are_those_of_another_library()
    {
        foreach (var vector in GeneratedVectors.Read("bls-hashes"))
        {
            var (message, tag) = (vector.Bytes("message"), vector.Bytes("tag"));
            Assert.Equal(vector.Bytes("g1"), G1Point.Hash(message, tag).Compressed);
            Assert.Equal(vector.Bytes("g2"), G2Point.Hash(message, tag).Compressed);
            Assert.Equal(vector.Bytes("secp256k1"), Secp256k1Suite.Hash(message, tag).Compressed);
        }
    }

    [Fact]
    public void Hashes_to_G2_are_those_of_Wycheproof() => WycheproofFile.RunAll("bls_hash_to_g2_test.json", vector =>
    {
        var tag = Encoding.ASCII.GetBytes(vector.Group.GetProperty("dst").GetString()!);
        var hashed = G2Point.Hash(vector.Bytes("msg"), tag);
        return hashed.Compressed.SequenceEqual(vector.Bytes("expected")) ? null : hashed.ToString();
    });

    // u = 0 and the u with Z·u^2 = -1 take the map's exceptional branch (RFC 9380, 6.6.2).
    [Fact]
    public void Exceptional_inputs_of_the_map_give_points_of_the_curve()
    {
        Assert.True(G1Suite.MapToCurve(default).IsOnCurve);
        Assert.True(G2Suite.MapToCurve(default).IsOnCurve);
        Assert.Equal(33, Secp256k1Suite.MapToCurve(default).Compressed.Length);
        if (Fp.TryRoot(-Fp.Invert(G1Suite.Z), out var u1)) Assert.True(G1Suite.MapToCurve(u1).IsOnCurve);
        if (Fp2.TryRoot(-Fp2.Invert(G2Suite.Z), out var u2)) Assert.True(G2Suite.MapToCurve(u2).IsOnCurve);
        Assert.True(Fp.TryRoot(-Fp.Invert(G1Suite.Z), out _));
    }

    [Fact]
    public void A_tag_of_more_than_255_bytes_is_hashed()
    {
        var tag = Enumerable.Repeat((byte)'t', 256).ToArray();
        var hashed = SHA256.HashData([.. "H2C-OVERSIZE-DST-"u8, .. tag]);
        Assert.Equal(G1Point.Hash("m"u8, hashed), G1Point.Hash("m"u8, tag));
        Assert.NotEqual(G1Point.Hash("m"u8, tag.AsSpan(1)), G1Point.Hash("m"u8, tag));
    }

    [Fact]
    public void What_the_RFC_forbids_is_refused()
    {
        Assert.Throws<ArgumentException>(() => G1Point.Hash("m"u8, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExpandMessage.Xmd("m"u8, "t"u8, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExpandMessage.Xmd("m"u8, "t"u8, new byte[8161]));
        ExpandMessage.Xmd("m"u8, "t"u8, new byte[8160]);
    }

    // RFC 9380, K.1: expand_message_xmd(SHA-256)
    [Theory]
    [InlineData("", 0x20, "68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235")]
    [InlineData("abc", 0x20, "d8ccab23b5985ccea865c6c97b6e5b8350e794e603b4b97902f53a8a0d605615")]
    [InlineData("abcdef0123456789", 0x20, "eff31487c770a893cfb36f912fbfcbff40d5661771ca4b2cb4eafe524333f5c1")]
    public void Expanded_messages_are_those_of_RFC_9380(string message, int length, string expected)
    {
        var uniform = new byte[length];
        ExpandMessage.Xmd(Encoding.ASCII.GetBytes(message), "QUUX-V01-CS02-with-expander-SHA256-128"u8, uniform);
        Assert.Equal(expected, Convert.ToHexStringLower(uniform));
    }

    private static void Check(string name, Action<byte[], byte[], string[], JsonElement> check)
    {
        using var file = PublicVectors.Json($"hash-to-curve/{name}.json");
        var tag = Encoding.ASCII.GetBytes(file.RootElement.GetProperty("dst").GetString()!);
        var ran = 0;
        foreach (var vector in file.RootElement.GetProperty("vectors").EnumerateArray())
        {
            var u = vector.GetProperty("u").EnumerateArray().Select(e => e.GetString()![2..]).ToArray();
            check(Encoding.ASCII.GetBytes(vector.Text("msg")), tag, u, vector);
            ran++;
        }

        Assert.Equal(5, ran);
    }

    // "0xC0,0xC1" for elements of Fp2, which the wire has the other way round.
    private static byte[] Coordinates(JsonElement point) =>
        [.. new[] { "x", "y" }.SelectMany(name => point.Text(name).Split(',').Reverse()).SelectMany(hex => Convert.FromHexString(hex.AsSpan(2)))];
}
