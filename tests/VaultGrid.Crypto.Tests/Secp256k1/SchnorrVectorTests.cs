using VaultGrid.Testing;

namespace VaultGrid.Crypto.Tests;

public sealed class SchnorrVectorTests
{
    [Fact]
    public void Every_vector_of_BIP_340_is_signed_and_verified_as_it_says()
    {
        var rows = PublicVectors.Text("bip340/test-vectors.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
        Assert.Equal(19, rows.Length);
        foreach (var row in rows)
        {
            // index,secret key,public key,aux_rand,message,signature,verification result,comment
            var columns = row.TrimEnd('\r').Split(',');
            var (publicKey, message, signature) = (Bytes(columns[2]), Bytes(columns[4]), Bytes(columns[5]));

            var verified = XOnlyPublicKey.Parse(publicKey).Is(out var key, out _) && key.Verify(message, signature);
            Assert.True(verified == (columns[6] == "TRUE"), $"vector {columns[0]}: {columns[7]}");

            if (columns[1].Length == 0) continue;
            using var privateKey = PrivateKey.Take(Bytes(columns[1])).Value;
            using var pair = SchnorrKeyPair.Of(privateKey);
            Assert.Equal(publicKey, pair.PublicKey.Bytes);
            Assert.Equal(signature, pair.Sign(message, Bytes(columns[3])));
        }
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
