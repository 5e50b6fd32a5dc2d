using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Repair;
using VaultGrid.Protocols.Tests.Dealing;

namespace VaultGrid.Protocols.Tests.Repair;

public sealed class RepairTests
{
    private static readonly Hash256 Header = Tagged.Hash("test-repair", []);

    [Theory]
    [InlineData("secp256k1", 4, 1)]
    [InlineData("ed25519", 7, 2)]
    [InlineData("ristretto255", 5, 2)]
    [InlineData("secp256k1", 3, 1)]
    public void A_lost_share_comes_back_and_nothing_else_changes(string name, int n, int f)
    {
        var shares = Ceremonies.Shares(Ceremonies.Group(name), n, f);
        foreach (var lost in shares.Keys)
        {
            var keys = new DeviceKeys(n, f);
            var session = RepairSession.Of(shares[lost].Key, lost, [.. shares.Keys.Where(i => i != lost).TakeLast(f + 1)], Header).Value;
            using var repaired = Run(session, shares, keys).Value;
            Assert.Equal(shares[lost].Secret.Reveal(), repaired.Secret.Reveal());
            Assert.Equal(shares[lost].Key, repaired.Key);
        }
    }

    [Fact]
    public void A_helper_that_splits_something_else_is_convicted_by_its_signature()
    {
        var (shares, others) = (Ceremonies.Shares(PrimeGroup.Secp256k1, 4, 1), Ceremonies.Shares(PrimeGroup.Secp256k1, 4, 1));
        var keys = new DeviceKeys(4, 1);
        var session = RepairSession.Of(shares[new(1)].Key, new(1), [new(2), new(3)], Header).Value;
        var lie = RepairSession.Of(others[new(1)].Key, new(1), [new(2), new(3)], Header).Value;
        using var liar = RepairHelper.Start(lie, others[new(2)], keys.Of(new(2)));
        var message = SignedMessage.Sign(RepairSession.MessageKind, session.Binding, new(2), liar.Commitments.Body.ToArray(), keys.Of(new(2)));
        using var receiver = new RepairReceiver(session);
        Assert.Equal(new ProtocolFault.Cheated(new(2), ProtocolCheck.RepairPart), receiver.Receive(message, keys).Fault);
        Assert.NotNull(receiver.Receive(liar.Commitments, keys).Fault);
    }

    [Fact]
    public void A_wrong_part_and_a_wrong_sum_name_their_sender()
    {
        var shares = Ceremonies.Shares(PrimeGroup.Secp256k1, 4, 1);
        var keys = new DeviceKeys(4, 1);
        var session = RepairSession.Of(shares[new(1)].Key, new(1), [new(2), new(4)], Header).Value;
        using var two = RepairHelper.Start(session, shares[new(2)], keys.Of(new(2)));
        using var four = RepairHelper.Start(session, shares[new(4)], keys.Of(new(4)));
        Assert.Equal(new ProtocolFault.Cheated(new(4), ProtocolCheck.RepairPart), two.Receive(four.Commitments, four.PartFor(new(4)), keys).Fault);
        Assert.Equal(new ProtocolFault.Cheated(new(4), ProtocolCheck.Encoding), two.Receive(four.Commitments, SecretBytes.Take(new byte[31]), keys).Fault);
        Assert.Equal([new PartyIndex(4)], two.Sum().Fault!.Culprits);
        Assert.Null(two.Receive(four.Commitments, four.PartFor(new(2)), keys).Fault);

        using var receiver = new RepairReceiver(session);
        Assert.Equal([new PartyIndex(2), new PartyIndex(4)], receiver.Receive(new PartyIndex(2), two.Sum().Value).Fault!.Culprits);
        Assert.Null(receiver.Receive(two.Commitments, keys).Fault);
        Assert.Null(receiver.Receive(four.Commitments, keys).Fault);
        Assert.Equal(new ProtocolFault.Cheated(new(4), ProtocolCheck.RepairPart), receiver.Receive(new PartyIndex(4), two.Sum().Value).Fault);
        Assert.Null(receiver.Receive(new PartyIndex(2), two.Sum().Value).Fault);
        Assert.Equal([new PartyIndex(4)], receiver.Finish().Fault!.Culprits);
    }

    [Theory]
    [InlineData(new[] { 1, 2 })]
    [InlineData(new[] { 2 })]
    [InlineData(new[] { 2, 3, 4 })]
    [InlineData(new[] { 3, 2 })]
    [InlineData(new[] { 2, 2 })]
    [InlineData(new[] { 2, 9 })]
    public void Helpers_are_f_plus_1_other_holders(int[] helpers) =>
        Assert.Equal(RefusalCode.InputMalformed, RepairSession.Of(Ceremonies.Shares(PrimeGroup.Secp256k1, 4, 1)[new(1)].Key, new(1), [.. helpers.Select(h => new PartyIndex(h))], Header).Refusal!.Code);

    private static StepResult<KeyShare> Run(RepairSession session, IReadOnlyDictionary<PartyIndex, KeyShare> shares, DeviceKeys keys)
    {
        var helpers = session.Helpers.ToDictionary(h => h, h => RepairHelper.Start(session, shares[h], keys.Of(h)));
        using var receiver = new RepairReceiver(session);
        foreach (var (from, helper) in helpers)
        {
            Assert.Null(receiver.Receive(helper.Commitments, keys).Fault);
            foreach (var (to, other) in helpers)
                if (from != to) Assert.Null(other.Receive(helper.Commitments, helper.PartFor(to), keys).Fault);
        }
        foreach (var (index, helper) in helpers) Assert.Null(receiver.Receive(index, helper.Sum().Value).Fault);
        return receiver.Finish();
    }
}
