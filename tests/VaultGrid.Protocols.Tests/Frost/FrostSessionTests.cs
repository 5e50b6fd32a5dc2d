using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Frost;
using VaultGrid.Protocols.Sessions;
using VaultGrid.Protocols.Tests.Dealing;

namespace VaultGrid.Protocols.Tests.Frost;

/// <summary>FROST through the session machinery that all protocols share.</summary>
public sealed class FrostSessionTests
{
    private static readonly Hash256 Request = Tagged.Hash("test-request", []);

    private readonly IReadOnlyDictionary<PartyIndex, KeyShare> _shares = Ceremonies.Shares(PrimeGroup.Secp256k1, 4, 1);
    private readonly PartyIndex[] _holders = [new(2), new(4)];
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();

    private SigningKey Key => SigningKey.Of(FrostSuite.Taproot, _shares[new(1)].Key);

    [Fact]
    public void Two_rounds_give_a_signature()
    {
        var (one, two, _) = Open();
        var first = one.Receive(SessionInput.Of(two.Opening.Single(), _random)).Send.Single();
        var second = two.Receive(SessionInput.Of(one.Opening.Single(), _random)).Send.Single();
        Assert.True(one.HasEnded && two.HasEnded);

        var commitments = new[] { one, two }.Select(run => NonceCommitment.Parse(PrimeGroup.Secp256k1, run.Opening.Single().Body).Value);
        var session = Protocols.Frost.SigningSession.Of(Key, SigningPackage.Of("digest"u8, commitments)).Value;
        var parts = new[] { first, second }.Select(m => SigningPart.Parse(PrimeGroup.Secp256k1, m.Body).Value).ToArray();
        var signature = session.Aggregate([.. parts.Select(part => part.Share)]).Value;
        Assert.True(XOnlyPublicKey.Parse(Key.Encoded).Value.Verify("digest"u8, signature));

        // What both say alike, and the sum of what they don't, is the signature.
        Assert.All(parts, part => Assert.Equal(signature[..32], part.Commitment.ToArray()));
        Assert.All(parts, part => Assert.Equal(Key.Encoded, part.PublicKey.ToArray()));
        Assert.Equal(signature[32..], (parts[0].Share.Z + parts[1].Share.Z).Bytes.ToArray());

        // The same input again gets the same bytes, another one nothing.
        Assert.Equal(first.Bytes, one.Receive(SessionInput.Of(two.Opening.Single(), _random)).Send.Single().Bytes);
        var (_, other, _) = Open();
        Assert.IsType<SessionFault.Equivocated>(one.Receive(SessionInput.Of(other.Opening.Single(), _random)).Fault);
    }

    [Fact]
    public void Whatever_ends_a_session_burns_its_nonces()
    {
        var (one, two, pools) = Open();
        Assert.Equal([1, 1], pools.Select(pool => pool.Count));
        one.Dispose();
        var stranger = new RoundMessage(two.Opening[0].Header, 1, 0, RoundMessage.Coordinator, two.Opening[0].Header.Hash, new byte[10]);
        Assert.IsType<SessionFault.Malformed>(two.Receive(SessionInput.Of(stranger, _random)).Fault);
        Assert.Equal([0, 0], pools.Select(pool => pool.Count));
    }

    [Fact]
    public void A_participant_speaks_for_its_own_index_only()
    {
        var (one, two, _) = Open();
        using var pool = new NoncePool(FrostSuite.Taproot, _shares[new(3)]);
        var header = two.Opening[0].Header;
        var forged = new RoundMessage(header, 1, 1, RoundMessage.Coordinator, header.Hash, pool.Prepare().Value.ToBytes());
        Assert.IsType<SessionFault.Malformed>(one.Receive(SessionInput.Of(forged, _random)).Fault);
    }

    [Fact]
    public void A_session_that_does_not_fit_is_refused_before_a_nonce_is_at_stake()
    {
        using var pool = new NoncePool(FrostSuite.Taproot, _shares[new(2)]);
        var approved = new ApprovedMessage(Request, "digest"u8, DerivationPath.Parse("m").Value);
        Assert.Equal(RefusalCode.StateConflict, FrostProtocol.Open(pool, _shares[new(1)].Key, _ => Key, Header(7), 0, _holders, approved).Refusal!.Code);
        Assert.Equal(RefusalCode.RequestConflict, FrostProtocol.Open(pool, _shares[new(1)].Key, _ => Key, Header(1), 0, _holders, new(Tagged.Hash("other", []), "digest"u8, DerivationPath.Parse("m").Value)).Refusal!.Code);
        Assert.Equal(RefusalCode.InputMalformed, FrostProtocol.Open(pool, _shares[new(1)].Key, _ => Key, Header(1), 0, [new(2), new(2)], approved).Refusal!.Code);
        Assert.Equal(RefusalCode.InputMalformed, FrostProtocol.Open(pool, _shares[new(1)].Key, _ => Key, Header(1), 0, [new(2), new(5)], approved).Refusal!.Code);
        Assert.Equal(0, pool.Count);
    }

    [Fact]
    public void A_prepared_session_signs_one_request_in_one_round()
    {
        var header = new SessionHeader(
            FrostProtocol.Name, FrostProtocol.Version, Tagged.Hash("test-session", []), Tagged.Hash("test-key", []), 1, new SessionSubject.Presign(),
            [new(1, 2, Tagged.Hash("k", [2])), new(1, 4, Tagged.Hash("k", [4]))]);
        var pools = _holders.Select(holder => new NoncePool(FrostSuite.Taproot, _shares[holder])).ToArray();
        var runs = pools.Select((pool, place) => new SessionRun(FrostProtocol.Open(pool, _shares[new(1)].Key, _ => Key, header, place, _holders, null).Value)).ToArray();
        var approved = new ApprovedMessage(Request, "digest"u8, DerivationPath.Parse("m").Value);
        var share = runs[0].Receive(new SessionInput(1, [runs[1].Opening.Single()], approved, _random));
        Assert.Null(share.Fault);
        Assert.True(runs[0].HasEnded);

        // Another request for the same nonces gets nothing, and without a request there is no share at all.
        var other = new ApprovedMessage(Request, "other"u8, DerivationPath.Parse("m").Value);
        Assert.NotNull(runs[0].Receive(new SessionInput(1, [runs[1].Opening.Single()], other, _random)).Fault);
        Assert.NotNull(runs[1].Receive(SessionInput.Of(runs[0].Opening.Single(), _random)).Fault);
        Assert.Equal([0, 0], pools.Select(pool => pool.Count));
    }

    private (SessionRun One, SessionRun Two, NoncePool[] Pools) Open()
    {
        var pools = _holders.Select(holder => new NoncePool(FrostSuite.Taproot, _shares[holder])).ToArray();
        var approved = new ApprovedMessage(Request, "digest"u8, DerivationPath.Parse("m").Value);
        var runs = pools.Select((pool, place) => new SessionRun(FrostProtocol.Open(pool, _shares[new(1)].Key, _ => Key, Header(1), place, _holders, approved).Value)).ToArray();
        return (runs[0], runs[1], pools);
    }

    private static SessionHeader Header(uint version) => new(
        FrostProtocol.Name, FrostProtocol.Version, Tagged.Hash("test-session", []), Tagged.Hash("test-key", []), version, new SessionSubject.Request(Request),
        [new(1, 2, Tagged.Hash("k", [2])), new(1, 4, Tagged.Hash("k", [4]))]);
}
