using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Protocols.Tests.ThresholdEcdsa;

/// <summary>Accounts below a threshold key, by BIP-32 and by their tweak, whether their parents are remembered or not.</summary>
public sealed class ChildKeysTests
{
    // BIP-32, test vector 2, m: another implementation's extended public key.
    private static readonly ExtendedPublicKey Root = ExtendedPublicKey.Parse(
        "xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv6Zz8idoc4a6mr8BDzTJY47LJhkJ8UB7WEGuduB").Value;

    private static readonly PrimeGroup Group = PrimeGroup.Secp256k1;
    private static readonly GroupElement X = Group.Decode(Root.PublicKey.Compressed).Value;

    [Fact]
    public void Every_account_is_that_of_the_extended_key_and_the_root_moved_by_its_tweak()
    {
        var keys = new ChildKeys(Root);
        var paths = Enumerable.Range(0, 600).Select(n => DerivationPath.Parse($"m/44/{n % 300}/0/{n}").Value)
            .Concat([DerivationPath.Master, DerivationPath.Parse("m/7").Value, DerivationPath.Parse("m/44/0/0/0").Value]);
        foreach (var path in paths)
        {
            var child = keys.Derive(path).Value;
            Assert.Equal(Root.Derive(path.Steps).Value, child.Key);
            var moved = child.Tweak.IsZero ? X : X + Group.Generator.MultiplyVarTime(child.Tweak);
            Assert.Equal(Convert.ToHexString(child.PublicKey.Compressed), Convert.ToHexString(moved.Bytes));
        }
    }

    [Fact]
    public void A_hardened_step_is_refused_wherever_it_stands_and_spoils_nothing()
    {
        var keys = new ChildKeys(Root);
        Assert.Equal(RefusalCode.InputUnsupported, keys.Derive(DerivationPath.Parse("m/44'/0/1").Value).Refusal?.Code);
        Assert.Equal(RefusalCode.InputUnsupported, keys.Derive(DerivationPath.Parse("m/44/0/1'").Value).Refusal?.Code);
        Assert.Equal(Root.Derive(44, 0, 1).Value, keys.Derive(DerivationPath.Parse("m/44/0/1").Value).Value.Key);
    }
}
