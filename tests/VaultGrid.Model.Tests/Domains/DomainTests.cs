using VaultGrid.Crypto;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Trusts;

namespace VaultGrid.Model.Tests.Domains;

public sealed class DomainTests
{
    private static readonly TrustGrid Grid = TrustGrid.Shared;
    private static readonly Trust First = Grid.First();
    private static readonly TrustChain Chain = TrustChain.Begin(First, First.Hash, Grid.Verifier).Value;
    private static readonly TrustChain Longer = Chain.With(Grid.Second(First), Grid.Verifier).Value;

    public static TheoryData<MasterKeyKind> Kinds => [.. Enum.GetValues<MasterKeyKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_HSM_of_the_Trust_opens_the_same_master_key(MasterKeyKind kind)
    {
        var keys = Grid.NewKeys(Chain, kind);
        var domain = Domain.Parse(Grid.SealedDomain(First, keys).ToBytes(), new CertificateCache()).Value;
        Assert.Null(domain.Check(Grid.Grid.Trusted).Refusal);
        var opened = Enumerable.Range(0, 3).Select(hsm => Opened(domain.Keys, hsm)).ToList();
        Assert.Single(opened.Distinct());
    }

    [Fact]
    public void RSA_wrap_keys_serve_beside_P256()
    {
        using var rsa = WrapKey.Generate(WrapKeyKind.Rsa3072);
        var body = TrustBody.Create(null, TrustGrid.Id, [Grid.Hsm(0), TrustGrid.Hsm(Grid.Hsms[1], rsa.Public)], Grid.Operators.Select(o => o.Parsed), 3).Value;
        var keys = DomainVault.Create(new DomainId(Guid.Empty), body.Hash, body, MasterKeyKind.Aes256, "");
        using var one = DomainVault.Open(keys, 1, Grid.WrapKeys[0], 0).Value;
        using var other = DomainVault.Open(keys, 1, rsa, 1).Value;
        Assert.Equal(Bytes(one), Bytes(other));
    }

    [Fact]
    public void A_rotation_keeps_data_readable_and_moves_to_the_next_Trust()
    {
        var keys = Grid.NewKeys(Chain);
        var next = DomainVault.Rotate(keys, Grid.WrapKeys[0], 0, Longer.Newest.Body, newMaster: false).Value;
        Assert.Null(DomainRules.CheckSuccession(keys, next).Refusal);
        var domain = Grid.SealedDomain(Longer.Newest, next);
        Assert.Null(domain.Check(Grid.Grid.Trusted).Refusal);
        Assert.Equal(Opened(keys, 0), Opened(next, 3, index: 2));

        // The removed HSM finds no token, and the newest Trust doesn't name it.
        Assert.Equal(RefusalCode.DomainForeign, DomainVault.Open(next, 1, Grid.WrapKeys[2], 2).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustSuperseded, DomainRules.CheckUse(domain, Longer, Grid.Self(2)).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustSuperseded, DomainRules.CheckUse(Grid.SealedDomain(First, keys), Longer, Grid.Self(2)).Refusal?.Code);
    }

    [Fact]
    public void A_new_master_key_serves_new_data_and_old_ones_stay_until_dropped()
    {
        var keys = Grid.NewKeys(Chain, MasterKeyKind.Ed25519);
        var next = DomainVault.Rotate(keys, Grid.WrapKeys[1], 1, First.Body, newMaster: true).Value;
        Assert.Null(DomainRules.CheckSuccession(keys, next).Refusal);
        Assert.Equal((2u, 2), (next.Current.Version, next.Masters.Length));
        Assert.Equal(Opened(keys, 0), Opened(next, 0, version: 1));
        Assert.NotEqual(Opened(keys, 0), Opened(next, 0, version: 2));

        var last = DomainVault.Rotate(next, Grid.WrapKeys[1], 1, First.Body, newMaster: false, oldest: 9).Value;
        Assert.Equal(2u, Assert.Single(last.Masters).Version);
        Assert.Null(DomainRules.CheckSuccession(next, last).Refusal);
        Assert.Equal(RefusalCode.DomainUse, DomainVault.Open(last, 1, Grid.WrapKeys[0], 0).Refusal?.Code);
        Assert.Equal(RefusalCode.DomainInvalid, DomainRules.CheckSuccession(keys, last).Refusal?.Code);
        Assert.Equal(RefusalCode.DomainInvalid, DomainRules.CheckSuccession(next, Grid.NewKeys(Chain, MasterKeyKind.Ed25519)).Refusal?.Code);
    }

    [Fact]
    public void A_Domain_put_together_from_two_is_refused()
    {
        var (one, two) = (Grid.NewKeys(Chain, name: "one"), Grid.NewKeys(Chain, name: "two"));
        var (first, second) = (Grid.SealedDomain(First, one), Grid.SealedDomain(First, two));
        Assert.Equal(RefusalCode.DomainInvalid, (first with { Keys = two }).Check(Grid.Grid.Trusted).Refusal?.Code);
        Assert.Equal(RefusalCode.DomainInvalid, (first with { Seal = second.Seal }).Check(Grid.Grid.Trusted).Refusal?.Code);
        Assert.Equal(RefusalCode.DomainInvalid, (first with { Trust = Longer.Newest }).Check(Grid.Grid.Trusted).Refusal?.Code);

        // Even where an HSM seals it: what is inside doesn't open.
        foreach (var mixed in new[]
        {
            DomainKeys.Create(one.Terms, two.Masters, one.Tokens).Value,
            DomainKeys.Create(one.Terms, one.Masters, two.Tokens).Value,
            DomainKeys.Create(one.Terms with { Revision = 2 }, one.Masters, one.Tokens).Value,
            DomainKeys.Create(one.Terms with { Id = two.Id }, one.Masters, one.Tokens).Value,
            DomainKeys.Create(one.Terms with { Id = two.Id }, one.Masters, two.Tokens).Value,
        })
        {
            Assert.Null(Grid.SealedDomain(First, mixed).Check(Grid.Grid.Trusted).Refusal);
            Assert.Equal(RefusalCode.DomainInvalid, DomainVault.Open(mixed, 1, Grid.WrapKeys[0], 0).Refusal?.Code);
        }
    }

    [Fact]
    public void A_swapped_token_is_refused()
    {
        var keys = Grid.NewKeys(Chain);
        var reordered = DomainKeys.Create(keys.Terms, keys.Masters, [keys.Tokens[1], keys.Tokens[0], keys.Tokens[2]]).Value;
        Assert.Equal(RefusalCode.DomainForeign, Grid.SealedDomain(First, reordered).Check(Grid.Grid.Trusted).Refusal?.Code);
        var swapped = DomainKeys.Create(
            keys.Terms, keys.Masters, [keys.Tokens[0] with { Bytes = keys.Tokens[1].Bytes }, keys.Tokens[1] with { Bytes = keys.Tokens[0].Bytes }, keys.Tokens[2]]).Value;
        Assert.Null(Grid.SealedDomain(First, swapped).Check(Grid.Grid.Trusted).Refusal);
        Assert.Equal(RefusalCode.DomainInvalid, DomainVault.Open(swapped, 1, Grid.WrapKeys[0], 0).Refusal?.Code);
        Assert.Equal(RefusalCode.DomainInvalid, DomainVault.Open(swapped, 1, Grid.WrapKeys[1], 1).Refusal?.Code);
        Assert.Null(DomainVault.Open(swapped, 1, Grid.WrapKeys[2], 2).Refusal);
    }

    [Fact]
    public void A_Domain_that_names_an_HSM_its_Trust_does_not_is_refused()
    {
        var keys = Grid.NewKeys(Chain);
        var foreign = new DomainToken(Grid.WrapKeys[3].Public.Hash, keys.Tokens[0].Bytes);
        foreach (var tokens in new DomainToken[][] { [.. keys.Tokens, foreign], [keys.Tokens[0], keys.Tokens[1], foreign], [keys.Tokens[0], keys.Tokens[1]] })
        {
            var changed = DomainKeys.Create(keys.Terms, keys.Masters, tokens).Value;
            Assert.Equal(RefusalCode.DomainForeign, Grid.SealedDomain(First, changed).Check(Grid.Grid.Trusted).Refusal?.Code);
        }

        Assert.Equal(RefusalCode.TrustStranger, Grid.SealedDomain(First, keys, hsm: 3).Check(Grid.Grid.Trusted).Refusal?.Code);
    }

    [Fact]
    public void Only_the_newest_Trust_gets_new_Domains_and_only_its_HSMs_use_old_ones()
    {
        var keys = Grid.NewKeys(Chain);
        var domain = Grid.SealedDomain(First, keys);
        Assert.Null(DomainRules.CheckCreate(keys, Chain, Grid.Self(0)).Refusal);
        Assert.Equal(RefusalCode.TrustSuperseded, DomainRules.CheckCreate(keys, Longer, Grid.Self(0)).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustStranger, DomainRules.CheckCreate(keys, Chain, Grid.Self(3)).Refusal?.Code);

        Assert.Equal(1, DomainRules.CheckUse(domain, Longer, Grid.Self(1)).Value);
        Assert.Equal(1, DomainRules.CheckRewrap(domain, Longer, Grid.Self(1)).Value);
        Assert.Equal(RefusalCode.TrustSuperseded, DomainRules.CheckRewrap(domain, Longer, Grid.Self(2)).Refusal?.Code);
        Assert.Equal(RefusalCode.DomainForeign, DomainRules.CheckUse(domain, Longer, Grid.Self(3)).Refusal?.Code);
    }

    [Fact]
    public void A_Domain_of_a_Trust_nobody_verified_or_of_a_fork_is_refused()
    {
        var keys = DomainVault.Create(new DomainId(Guid.Empty), Chain.First, Longer.Newest.Body, MasterKeyKind.Aes256, "");
        var domain = Grid.SealedDomain(Longer.Newest, keys);
        Assert.Equal(RefusalCode.TrustUnknown, DomainRules.CheckUse(domain, Chain, Grid.Self(0)).Refusal?.Code);

        var rival = Grid.Sealed(Grid.SignedBy(Trust.Of(Grid.Body(First.Body, [0, 2], [0, 1, 2, 3, 4], 3)), 2, 3, 4), time: TrustGrid.Now.AddHours(1));
        var forked = Longer.With(rival, Grid.Verifier).Value;
        Assert.Equal(RefusalCode.TrustForked, DomainRules.CheckUse(domain, forked, Grid.Self(0)).Refusal?.Code);

        var elsewhere = DomainKeys.Create(keys.Terms with { First = Hash256.Of("test", "x"u8) }, keys.Masters, keys.Tokens).Value;
        Assert.Equal(RefusalCode.TrustChain, DomainRules.CheckUse(Grid.SealedDomain(Longer.Newest, elsewhere), Longer, Grid.Self(0)).Refusal?.Code);
    }

    private static string Opened(DomainKeys keys, int hsm, uint version = 1, int? index = null)
    {
        using var master = DomainVault.Open(keys, version, Grid.WrapKeys[hsm], index ?? hsm).Value;
        return Bytes(master);
    }

    private static string Bytes(MasterKey master)
    {
        var bytes = new byte[master.Secret.Length];
        master.Secret.CopyTo(bytes);
        return Convert.ToHexString(bytes);
    }
}
