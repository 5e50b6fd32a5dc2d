using VaultGrid.Crypto.Bitcoin;
using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Frost;
using VaultGrid.Protocols.Tests.Dealing;

namespace VaultGrid.Protocols.Tests.Frost;

public sealed class SigningTests
{
    private static readonly FrostSuite[] Suites = [FrostSuite.Secp256k1, FrostSuite.Ed25519, FrostSuite.Taproot];

    public static TheoryData<string> Names => [.. Suites.Select(s => s.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Any_quorum_signs_and_ordinary_verifiers_accept(string name)
    {
        var suite = Suites.Single(s => s.Name == name);
        foreach (var (n, f) in new[] { (4, 1), (7, 2), (3, 1), (5, 2) })
        {
            var shares = Ceremonies.Shares(suite.Group, n, f);
            var key = SigningKey.Of(suite, shares.Values.First().Key);
            for (var count = f + 1; count <= n; count++)
            {
                byte[] message = [1, (byte)n, (byte)count];
                var signature = Sign(key, shares.Values.TakeLast(count), message);
                Assert.True(suite.Verify(key.PublicKey, message, signature));
                Assert.False(suite.Verify(key.PublicKey, [.. message, 0], signature));
                if (suite == FrostSuite.Ed25519) Assert.True(Ed25519.Verify(key.Encoded, message, signature));
                if (suite == FrostSuite.Taproot) Assert.True(XOnlyPublicKey.Parse(key.Encoded).Value.Verify(message, signature));
            }
        }
    }

    [Fact]
    public void A_taproot_key_signs_for_its_output_whatever_the_parities()
    {
        // Keys, children and nonces of either parity come up: sixteen keys leave none of them out but once in 2^16.
        var parities = new HashSet<(byte, byte)>();
        for (var i = 0; i < 16; i++)
        {
            var shares = Ceremonies.Shares(PrimeGroup.Secp256k1, 4, 1);
            var shared = shares.Values.First().Key;
            var child = SigningKey.Of(FrostSuite.Taproot, shared).Derive(86, (uint)i).Value;
            var root = Tagged.Hash("test-root", [(byte)i]);
            foreach (var output in new[] { child.TaprootOutput().Value, child.TaprootOutput(root).Value })
            {
                var expected = output == child ? null : output;
                byte[] message = Tagged.Hash("test-message", [(byte)i]).AsSpan().ToArray();
                var signature = Sign(output, shares.Values.Skip(1).Take(2), message);
                Assert.True(XOnlyPublicKey.Parse(output.Encoded).Value.Verify(message, signature));
                Assert.NotNull(expected);
            }
            var internalKey = XOnlyPublicKey.Parse(child.Encoded).Value;
            Assert.Equal(TaprootOutput.Of(internalKey).Key.Bytes, child.TaprootOutput().Value.Encoded);
            Assert.Equal(TaprootOutput.Of(internalKey, root).Key.Bytes, child.TaprootOutput(root).Value.Encoded);
            parities.Add((shared.PublicKey.Bytes[0], SigningKey.Of(FrostSuite.Secp256k1, shared).Derive(86, (uint)i).Value.PublicKey.Bytes[0]));
        }
        Assert.True(parities.Count > 1);
    }

    [Fact]
    public void Children_on_secp256k1_are_those_of_BIP32()
    {
        var shares = Ceremonies.Shares(PrimeGroup.Secp256k1, 4, 1);
        var shared = shares.Values.First().Key;
        byte[] data = [.. Convert.FromHexString("0488b21e"), .. new byte[9], .. shared.ChainCode.AsSpan(), .. shared.PublicKey.Bytes];
        var parent = ExtendedPublicKey.Parse(Base58Check(data)).Value;
        foreach (var path in new uint[][] { [0], [44, 7], [1, 2, 3, 0x7fff_ffff] })
        {
            var expected = parent.Derive(path).Value.PublicKey;
            var key = SigningKey.Of(FrostSuite.Secp256k1, shared).Derive(path).Value;
            Assert.Equal(expected.Compressed, key.PublicKey.Bytes);
            Assert.Equal(expected.ToXOnly().Bytes, SigningKey.Of(FrostSuite.Taproot, shared).Derive(path).Value.Encoded);

            var stepwise = SigningKey.Of(FrostSuite.Taproot, shared);
            foreach (var step in path) stepwise = stepwise.Derive(step).Value;
            Assert.Equal(expected.ToXOnly().Bytes, stepwise.Encoded);
            Assert.True(FrostSuite.Secp256k1.Verify(key.PublicKey, [9], Sign(key, shares.Values.Take(2), [9])));
        }
        Assert.Equal(RefusalCode.InputUnsupported, SigningKey.Of(FrostSuite.Secp256k1, shared).Derive(0x8000_0000).Refusal!.Code);
        Assert.Equal(RefusalCode.InputUnsupported, SigningKey.Of(FrostSuite.Taproot, shared).TaprootOutput().Value.Derive(1).Refusal!.Code);
        Assert.Equal(RefusalCode.InputUnsupported, SigningKey.Of(FrostSuite.Secp256k1, shared).TaprootOutput().Refusal!.Code);
    }

    [Fact]
    public void Children_on_Ed25519_sign_and_differ()
    {
        var shares = Ceremonies.Shares(PrimeGroup.Ed25519, 4, 1);
        var parent = SigningKey.Of(FrostSuite.Ed25519, shares.Values.First().Key);
        var (a, b) = (parent.Derive(1, 2).Value, parent.Derive(2, 1).Value);
        Assert.NotEqual(a.PublicKey, b.PublicKey);
        Assert.True(Ed25519.Verify(a.Encoded, [5], Sign(a, shares.Values.Take(2), [5])));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_commitment_serves_one_package_even_a_refused_one(string name)
    {
        var suite = Suites.Single(s => s.Name == name);
        var shares = Ceremonies.Shares(suite.Group, 4, 1);
        var key = SigningKey.Of(suite, shares.Values.First().Key);
        using var one = new NoncePool(suite, shares[new(1)]);
        using var two = new NoncePool(suite, shares[new(2)]);

        var package = SigningPackage.Of([1], [one.Prepare().Value, two.Prepare().Value]);
        Assert.Null(one.Sign(key, package).Fault);
        Assert.Equal(RefusalCode.StateConflict, Refused(one.Sign(key, package)));
        Assert.Equal(RefusalCode.StateConflict, Refused(one.Sign(key, SigningPackage.Of([2], package.Commitments))));
        Assert.Equal(0, one.Count);

        // A package with too few signers is refused, and the nonce is gone all the same.
        var mine = one.Prepare().Value;
        Assert.Equal(RefusalCode.InputMalformed, Refused(one.Sign(key, SigningPackage.Of([1], [mine]))));
        Assert.Equal(RefusalCode.StateConflict, Refused(one.Sign(key, SigningPackage.Of([1], [mine, two.Prepare().Value]))));

        // Two of ours in one package burn both.
        NonceCommitment[] both = [one.Prepare().Value, one.Prepare().Value];
        Assert.Equal(RefusalCode.StateConflict, Refused(one.Sign(key, SigningPackage.Of([1], [.. both, two.Prepare().Value]))));
        Assert.Equal(0, one.Count);

        // Nobody signs with commitments that it did not make.
        Assert.Equal(RefusalCode.StateConflict, Refused(one.Sign(key, SigningPackage.Of([1], [both[0] with { Party = new(2) }, two.Prepare().Value with { Party = new(1) }]))));
    }

    [Fact]
    public void Shares_of_different_versions_or_suites_do_not_mix()
    {
        var (old, other) = (Ceremonies.Shares(PrimeGroup.Secp256k1, 4, 1), Ceremonies.Shares(PrimeGroup.Secp256k1, 4, 1));
        using var one = new NoncePool(FrostSuite.Taproot, old[new(1)]);
        using var two = new NoncePool(FrostSuite.Taproot, old[new(2)]);
        var package = SigningPackage.Of([1], [one.Prepare().Value, two.Prepare().Value]);
        Assert.Equal(RefusalCode.StateConflict, Refused(one.Sign(SigningKey.Of(FrostSuite.Taproot, other.Values.First().Key), package)));
        Assert.Equal(RefusalCode.StateConflict, Refused(two.Sign(SigningKey.Of(FrostSuite.Secp256k1, old.Values.First().Key), package)));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_bad_share_names_its_signer(string name)
    {
        var suite = Suites.Single(s => s.Name == name);
        var shares = Ceremonies.Shares(suite.Group, 4, 1);
        var key = SigningKey.Of(suite, shares.Values.First().Key);
        using var one = new NoncePool(suite, shares[new(1)]);
        using var two = new NoncePool(suite, shares[new(2)]);
        var package = SigningPackage.Of([1], [one.Prepare().Value, two.Prepare().Value]);
        var session = SigningSession.Of(key, package).Value;
        var (good, other) = (one.Sign(key, package).Value, two.Sign(key, package).Value);
        var bad = other with { Z = other.Z + suite.Group.One };
        Assert.Equal(new ProtocolFault.Cheated(new(2), ProtocolCheck.SignatureShare), session.Check(bad));
        Assert.Equal([new PartyIndex(2)], session.Aggregate([good, bad]).Fault!.Culprits);
        Assert.Equal([new PartyIndex(2)], session.Aggregate([good]).Fault!.Culprits);
        Assert.NotNull(session.Aggregate([good, other, other]).Fault);
        Assert.NotNull(session.Check(other with { Party = new(3) }));
        Assert.Null(session.Aggregate([good, other]).Fault);
    }

    [Fact]
    public void Packages_that_are_not_well_formed_are_refused()
    {
        var shares = Ceremonies.Shares(PrimeGroup.Secp256k1, 4, 1);
        var key = SigningKey.Of(FrostSuite.Secp256k1, shares.Values.First().Key);
        var c = shares.Values.Select(share => SigningNonces.Generate(FrostSuite.Secp256k1, share).Commitment).ToArray();
        Assert.NotNull(SigningSession.Of(key, SigningPackage.Of([1], [c[0]])).Refusal);
        Assert.NotNull(SigningSession.Of(key, SigningPackage.Of([1], [c[0], c[0]])).Refusal);
        Assert.NotNull(SigningSession.Of(key, SigningPackage.Of([1], [c[0], c[1] with { Party = new(5) }])).Refusal);
        Assert.NotNull(SigningSession.Of(key, SigningPackage.Of([1], [c[0], c[1] with { Hiding = PrimeGroup.Secp256k1.Identity }])).Refusal);
        var bytes = SigningPackage.Of([1], [c[0], c[1]]).ToBytes();
        for (var cut = 0; cut < bytes.Length; cut++) Assert.NotNull(SigningPackage.Parse(PrimeGroup.Secp256k1, bytes.AsSpan(0, cut)).Refusal);
        Assert.NotNull(SigningPackage.Parse(PrimeGroup.Secp256k1, [.. bytes, 0]).Refusal);
        bytes[6] = 0; // the first signer's index
        Assert.NotNull(SigningPackage.Parse(PrimeGroup.Secp256k1, bytes).Refusal);
    }

    [Fact]
    public void Nonces_print_nothing_and_have_no_encoding()
    {
        using var nonces = SigningNonces.Generate(FrostSuite.Secp256k1, Ceremonies.Shares(PrimeGroup.Secp256k1, 3, 1)[new(1)]);
        Assert.Equal("SigningNonces(redacted)", nonces.ToString());
        foreach (var type in new[] { typeof(SigningNonces), typeof(NoncePool) })
            Assert.DoesNotContain(type.GetMethods(), m => m.Name.Contains("Save", StringComparison.Ordinal) || m.ReturnType == typeof(SecretBytes) || m.ReturnType == typeof(SavedState));
    }

    internal static byte[] Sign(SigningKey key, IEnumerable<KeyShare> signers, byte[] message)
    {
        var pools = signers.ToDictionary(share => share.Index, share => new NoncePool(key.Suite, share));
        var package = SigningPackage.Of(message, pools.Values.Select(pool => pool.Prepare().Value));
        var session = SigningSession.Of(key, package).Value;
        return session.Aggregate([.. pools.Values.Select(pool => pool.Sign(key, package).Value)]).Value;
    }

    private static RefusalCode Refused<T>(StepResult<T> result)
        where T : notnull => Assert.IsType<ProtocolFault.Refused>(result.Fault).Refusal.Code;

    private static string Base58Check(byte[] payload)
    {
        const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        var check = System.Security.Cryptography.SHA256.HashData(System.Security.Cryptography.SHA256.HashData(payload))[..4];
        var number = new System.Numerics.BigInteger((byte[])[.. payload, .. check], isUnsigned: true, isBigEndian: true);
        var text = "";
        for (; number > 0; number /= 58) text = Alphabet[(int)(number % 58)] + text;
        return text;
    }
}
