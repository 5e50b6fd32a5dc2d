using VaultGrid.Crypto;
using VaultGrid.Model.Tests.Certificates;
using VaultGrid.Model.Tests.Trusts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model.Tests.Calls;

/// <summary>What travels with calls: read back as it was written, and refused where anything else is written.</summary>
public sealed class CallParameterTests
{
    private static readonly TrustGrid Trust = TrustGrid.Shared;
    private static readonly DateTimeOffset Now = ForgedGrid.Now;
    private static readonly TrustBody Body = Trust.Body(null, [0, 1, 2], [0, 1, 2, 3, 4], 3);
    private static readonly byte[] Point = P256AgreementKey.Generate().PublicKey.Bytes.ToArray();

    [Theory]
    [InlineData(SigningAlgorithm.Schnorr, "")]
    [InlineData(SigningAlgorithm.Ed25519, "")]
    [InlineData(SigningAlgorithm.Bls, "")]
    [InlineData(SigningAlgorithm.Taproot, "none")]
    [InlineData(SigningAlgorithm.Taproot, "key")]
    [InlineData(SigningAlgorithm.Taproot, "0x1111111111111111111111111111111111111111111111111111111111111111")]
    public void Parameters_of_a_signature_read_back_as_they_were_written(SigningAlgorithm algorithm, string tweak)
    {
        var bytes = Written(1, algorithm.Name(), "m/7", tweak);
        var read = SignParameters.Parse(bytes).Value;
        Assert.Equal((algorithm, "m/7", tweak), (read.Subject.Algorithm, read.Path.ToString(), read.Subject.Tweak?.ToString() ?? ""));
        Assert.Equal(bytes, read.ToBytes());
    }

    [Theory]
    [InlineData(2, "schnorr", "m/7", "")]
    [InlineData(1, "ecdsa-secp256k1", "m/7", "")]
    [InlineData(1, "rot13", "m/7", "")]
    [InlineData(1, "schnorr", "7", "")]
    [InlineData(1, "schnorr", "m/7", "none")]
    [InlineData(1, "taproot", "m/7", "")]
    [InlineData(1, "taproot", "m/7", "keys")]
    public void Parameters_that_fit_no_algorithm_are_refused(byte version, string algorithm, string path, string tweak) =>
        Assert.Equal(RefusalCode.CallMalformed, SignParameters.Parse(Written(version, algorithm, path, tweak)).Refusal?.Code);

    [Fact]
    public void A_call_to_several_clusters_reads_back_and_is_for_each_of_them_alone()
    {
        var call = Call() with { Cluster = new ClusterId(2), Clusters = ClusterSet.Of(2, 5) };
        var read = CallBody.Parse(call.ToBytes()).Value;
        Assert.Equal((2u, "2,5"), (read.Cluster.Number, string.Join(',', read.Clusters!.All.Select(cluster => cluster.Number))));
        Assert.Equal([false, true, false, false, true], Enumerable.Range(1, 5).Select(number => read.IsFor(new ClusterId((uint)number))));
        Assert.Equal([false, true], Enumerable.Range(1, 2).Select(number => (Call() with { Cluster = new ClusterId(2) }).IsFor(new ClusterId((uint)number))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Sign")]
    [InlineData("key sign")]
    [InlineData("é")]
    public void An_action_is_made_of_few_letters(string action) => Assert.Equal(RefusalCode.CallMalformed, CallBody.Parse((Call() with { Action = action }).ToBytes()).Refusal?.Code);

    [Fact]
    public void A_call_on_a_key_is_for_that_key_by_whom_its_policy_permits()
    {
        var (key, caller) = (Hash256.Of("test", [1]), ForgedGrid.Shared.Client.Parsed);
        var policy = KeyPolicyTests.Policy() with { Permissions = [KeyGrant.For(caller, KeyOperations.Sign)] };
        var call = Call() with { Action = SignParameters.Action, Target = new CallTarget.Key(key) };
        Assert.Null(KeyCallRules.Check(call, caller, key, policy).Refusal);
        Assert.Equal(RefusalCode.CallDenied, KeyCallRules.Check(call, caller, Hash256.Of("test", [2]), policy).Refusal?.Code);
        Assert.Equal(RefusalCode.CallDenied, KeyCallRules.Check(call with { Action = KeyCallRules.Decrypt }, caller, key, policy).Refusal?.Code);
        Assert.Equal(RefusalCode.CallDenied, KeyCallRules.Check(call with { Action = "domain-sign" }, caller, key, policy).Refusal?.Code);
        Assert.Equal(RefusalCode.CallDenied, KeyCallRules.Check(Call(), caller, key, policy).Refusal?.Code);
    }

    [Fact]
    public void A_session_key_counts_that_an_HSM_of_the_Trust_signed_for_now()
    {
        var offer = Offered(Offer("1/1")).Value;
        Assert.Equal(("1/1", Hash256.Sha256(Point)), (offer.Node.ToString(), offer.Name));
        Assert.Equal(Point, offer.Key.Bytes.ToArray());
        Assert.Null(Offered(Offer("2/1"), hsm: 2).Refusal);
        Assert.Equal(RefusalCode.TrustStranger, Offered(Offer("2/2"), hsm: 3).Refusal?.Code);
        Assert.Equal(RefusalCode.CallInvalid, Offered(Offer("1/2")).Refusal?.Code);
        Assert.Equal(RefusalCode.CallInvalid, Offered(Offer("1/1"), signer: 1).Refusal?.Code);
        Assert.NotNull(Offered(Offer("1/1", tag: "VaultGrid/v1/session-kex\0")).Refusal);
        Assert.NotNull(Offered(Offer("0/1")).Refusal);
        Assert.NotNull(Offered(Offer("1/0")).Refusal);
        Assert.NotNull(Offered([.. Offer("1/1"), 0]).Refusal);
    }

    [Theory]
    [InlineData(-301, RefusalCode.CallExpired)]
    [InlineData(-300, null)]
    [InlineData(3600 + 300, null)]
    [InlineData(3600 + 301, RefusalCode.CallExpired)]
    public void A_session_key_is_of_its_hour_give_or_take_what_clocks_differ(int seconds, RefusalCode? expected) =>
        Assert.Equal(expected, Offered(Offer("1/1"), now: Now.AddSeconds(seconds)).Refusal?.Code);

    private static CallBody Call() => new()
    {
        Action = "domain-encrypt", Target = new CallTarget.OfDomain(new DomainId(Guid.Empty)), Cluster = new ClusterId(1), Parameters = CallBody.HashOf("x"u8),
        Expires = Now, Nonce = new byte[CallBody.NonceLength], AnswerKey = Point,
    };

    private static byte[] Written(byte version, string algorithm, string path, string tweak) =>
        new WireWriter().U8(version).Text(algorithm).Text(path).Text(tweak).Bytes([1, 2]).ToArray();

    private static byte[] Offer(string node, string tag = "VaultGrid/v1/session-key\0")
    {
        var numbers = node.Split('/');
        return new WireWriter().Fixed(System.Text.Encoding.ASCII.GetBytes(tag)).U32(uint.Parse(numbers[0], null)).U32(uint.Parse(numbers[1], null)).Fixed(Point).Time(Now).Time(Now.AddHours(1)).ToArray();
    }

    private static Outcome<SessionKeyOffer> Offered(byte[] statement, int hsm = 0, int? signer = null, DateTimeOffset? now = null) =>
        SessionKeyOffer.Check(statement, Trust.Hsms[hsm].Der, TrustGrid.Sign(Trust.Hsms[signer ?? hsm], statement), Body, now ?? Now);
}
