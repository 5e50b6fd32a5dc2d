using System.Text.Json;
using VaultGrid.Protocols.Frost;
using VaultGrid.Testing;

namespace VaultGrid.Protocols.Tests.Frost;

/// <summary>The vectors of RFC 9591, appendix E: every intermediate value that they give.</summary>
public sealed class Rfc9591VectorTests
{
    [Theory]
    [InlineData("frost/frost-secp256k1-sha256.json", "schnorr")]
    [InlineData("frost/frost-ed25519-sha512.json", "ed25519")]
    public void Every_step_gives_the_published_value(string file, string name)
    {
        using var document = PublicVectors.Json(file);
        var (root, inputs) = (document.RootElement, document.RootElement.GetProperty("inputs"));
        var suite = name == "schnorr" ? FrostSuite.Secp256k1 : FrostSuite.Ed25519;
        var config = root.GetProperty("config");
        int n = int.Parse(config.GetProperty("MAX_PARTICIPANTS").GetString()!, null), t = int.Parse(config.GetProperty("MIN_PARTICIPANTS").GetString()!, null);

        byte[] coefficients = [.. Bytes(inputs, "group_secret_key"), .. inputs.GetProperty("share_polynomial_coefficients").EnumerateArray().SelectMany(c => Convert.FromHexString(c.GetString()!))];
        using var polynomial = SecretPolynomial.FromSecret(suite.Group, t - 1, SecretBytes.Take(coefficients)).Value;
        var shares = Dealing.Ceremonies.Shares(polynomial, n, t - 1);
        foreach (var expected in inputs.GetProperty("participant_shares").EnumerateArray())
            Assert.Equal(Bytes(expected, "participant_share"), shares[Party(expected)].Secret.Reveal().Bytes);
        var key = SigningKey.Of(suite, shares.Values.First().Key);
        Assert.Equal(Bytes(inputs, "group_public_key"), key.Encoded);

        var nonces = new Dictionary<PartyIndex, SigningNonces>();
        foreach (var one in root.GetProperty("round_one_outputs").GetProperty("outputs").EnumerateArray())
        {
            var made = SigningNonces.Generate(suite, shares[Party(one)], (byte[])[.. Bytes(one, "hiding_nonce_randomness"), .. Bytes(one, "binding_nonce_randomness")]);
            Assert.Equal(Bytes(one, "hiding_nonce"), made.Hiding.Reveal().Bytes);
            Assert.Equal(Bytes(one, "binding_nonce"), made.Binding.Reveal().Bytes);
            Assert.Equal(Bytes(one, "hiding_nonce_commitment"), made.Commitment.Hiding.Bytes);
            Assert.Equal(Bytes(one, "binding_nonce_commitment"), made.Commitment.Binding.Bytes);
            Assert.Equal(Bytes(one, "binding_factor"), suite.H1(Bytes(one, "binding_factor_input")).Bytes);
            nonces.Add(Party(one), made);
        }

        var package = SigningPackage.Of(Bytes(inputs, "message"), nonces.Values.Select(made => made.Commitment));
        var session = SigningSession.Of(key, SigningPackage.Parse(suite.Group, package.ToBytes()).Value).Value;
        var signed = new List<SignatureShare>();
        foreach (var two in root.GetProperty("round_two_outputs").GetProperty("outputs").EnumerateArray())
        {
            var share = session.Sign(shares[Party(two)], nonces[Party(two)]);
            Assert.Equal(Bytes(two, "sig_share"), share.Z.Bytes);
            Assert.Null(session.Check(share));
            signed.Add(SignatureShare.Parse(suite.Group, share.ToBytes()).Value);
        }
        Assert.Equal(Bytes(root.GetProperty("final_output"), "sig"), session.Aggregate(signed).Value);
    }

    private static PartyIndex Party(JsonElement element) => new(element.GetProperty("identifier").GetInt32());

    private static byte[] Bytes(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);
}
