using System.Security.Cryptography;
using VaultGrid.Testing;

namespace VaultGrid.Crypto.Tests;

public sealed class WycheproofSecp256k1Tests
{
    // SEQUENCE { SEQUENCE { id-ecPublicKey, secp256k1 }, BIT STRING }
    private static readonly byte[] SubjectPublicKeyInfo = Convert.FromHexString("3056301006072a8648ce3d020106052b8104000a034200");

    [Fact]
    public void Ecdsa_signatures_are_accepted_and_refused_as_published() =>
        WycheproofFile.RunAll("ecdsa_secp256k1_sha256_test.json", vector =>
        {
            var key = PublicKey.ParseUncompressed(Convert.FromHexString(vector.Group.GetProperty("publicKey").GetProperty("uncompressed").GetString()!)).Value;
            var digest = SHA256.HashData(vector.Bytes("msg"));
            var read = EcdsaSignature.FromDer(vector.Bytes("sig")).Is(out var signature, out _);

            // The file holds valid signatures with high s: ECDSA as such. Ours has low s only, so they count once made low, and not before.
            if (read && !signature!.IsLowS && key.Verify(digest, signature)) return "a high s was accepted";
            var accepted = read && key.Verify(digest, signature!.ToLowS());
            if (accepted && !signature!.ToDer().AsSpan().SequenceEqual(vector.Bytes("sig"))) return "written differently than read";
            return accepted == vector.IsValid ? null : $"accepted = {accepted}";
        });

    [Fact]
    public void Ecdh_agrees_as_published() =>
        WycheproofFile.RunAll("ecdh_secp256k1_test.json", vector =>
        {
            var encoded = vector.Bytes("public");
            var read = encoded.AsSpan().StartsWith(SubjectPublicKeyInfo)
                & PublicKey.ParseUncompressed(encoded.AsSpan(Math.Min(encoded.Length, SubjectPublicKeyInfo.Length))).Is(out var peer, out _);
            if (!read) return vector.IsValid ? "the public key was refused" : null;

            using var key = PrivateKey.Take(Scalar(vector.Bytes("private"))).Value;
            using var shared = key.Agree(peer!);
            var x = new byte[32];
            shared.CopyTo(x);
            var agrees = x.AsSpan().SequenceEqual(vector.Bytes("shared"));
            return vector.Result == "invalid" ? "an invalid public key was accepted" : agrees ? null : "another shared value";
        });

    // A Java BigInteger: one leading zero byte too many, or leading zeros missing.
    private static byte[] Scalar(byte[] number)
    {
        var trimmed = number.AsSpan().TrimStart((byte)0);
        var scalar = new byte[32];
        trimmed.CopyTo(scalar.AsSpan(32 - trimmed.Length));
        return scalar;
    }
}
