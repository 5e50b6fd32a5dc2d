using VaultGrid.Crypto;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Trusts;

/// <summary>The Bootstrap Trust: approved by the administrators, once, for the operators' own keys, until its first successor.</summary>
public sealed class BootstrapTests
{
    private static readonly TrustGrid Grid = TrustGrid.Shared;

    [Fact]
    public void A_Bootstrap_Trust_and_its_successor_count_with_the_administrators_approval()
    {
        var bootstrap = Grid.Bootstrap();
        var next = Grid.AfterBootstrap(bootstrap);
        var again = Trust.Parse(next.ToBytes(), new CertificateCache()).Value;
        Assert.Equal(2ul, TrustChain.Verify([bootstrap, again], bootstrap.Hash, Grid.Verifier).Value.Newest.Body.Number);
    }

    [Fact]
    public void Without_approval_or_a_quorum_of_it_a_Bootstrap_Trust_is_nothing()
    {
        var trust = Trust.Of(Grid.Body(null, [0, 1, 2], [], 0));
        Refused(RefusalCode.TrustBootstrap, Grid.Sealed(trust), null);
        Refused(RefusalCode.ApprovalQuorum, Grid.Sealed(trust.With(Grid.Approval(trust.Hash, null, 1, 0))), null);
        Refused(RefusalCode.ApprovalDuplicate, Grid.Sealed(trust.With(Grid.Approval(trust.Hash, null, 1, 0, 0))), null);
    }

    [Fact]
    public void The_approval_names_this_Trust_in_this_place()
    {
        var bootstrap = Grid.Bootstrap();
        var trust = Trust.Of(Grid.Body(null, [0, 1], [], 0));
        Refused(RefusalCode.TrustBootstrap, Grid.Sealed(trust.With(bootstrap.Approval!)), null);
        Refused(RefusalCode.TrustBootstrap, Grid.Sealed(trust.With(Grid.Approval(trust.Hash, bootstrap.Hash, 1, 0, 1))), null);

        var next = Grid.AfterBootstrap(bootstrap);
        Refused(RefusalCode.TrustBootstrap, next.With(Grid.Approval(next.Hash, null, 1, 0, 1)), bootstrap);
    }

    [Fact]
    public void The_successor_needs_the_administrators_and_its_own_quorum()
    {
        var bootstrap = Grid.Bootstrap();
        var body = Grid.Body(bootstrap.Body, [0, 1, 2], [0, 1, 2, 3, 4], 3);
        Refused(RefusalCode.TrustBootstrap, Grid.Sealed(Grid.SignedBy(Trust.Of(body), 0, 1, 2), time: TrustGrid.Now.AddHours(1)), bootstrap);
        var approved = Trust.Of(body).With(Grid.Approval(body.Hash, bootstrap.Hash, 1, 0, 1));
        Refused(RefusalCode.TrustQuorum, Grid.Sealed(Grid.SignedBy(approved, 0, 1), time: TrustGrid.Now.AddHours(1)), bootstrap);
    }

    [Fact]
    public void Administrators_approve_no_other_Trust()
    {
        var first = Grid.First();
        Refused(RefusalCode.TrustBootstrap, first.With(Grid.Approval(first.Hash, null, 1, 0, 1)), null);
        var second = Grid.Second(first);
        Refused(RefusalCode.TrustBootstrap, second.With(Grid.Approval(second.Hash, first.Hash, 1, 0, 1)), first);
    }

    [Fact]
    public void The_approval_is_for_the_sealing_HSMs_cluster_and_not_expired()
    {
        var trust = Trust.Of(Grid.Body(null, [0, 1, 2], [], 0));
        Refused(RefusalCode.RequestCluster, Grid.Sealed(trust.With(Grid.Approval(trust.Hash, null, 2, 0, 1))), null);
        Refused(RefusalCode.RequestExpired, Grid.Sealed(trust.With(Grid.Approval(trust.Hash, null, 1, 0, 1)), time: TrustGrid.Now.AddDays(3)), null);
    }

    [Fact]
    public void A_chain_begins_with_a_Bootstrap_Trust_or_never_has_one() => Assert.Equal(
        RefusalCode.TrustBootstrap, TrustBody.Create(Grid.First().Body, TrustGrid.Id, [Grid.Hsm(0)], [], 0).Refusal?.Code);

    [Fact]
    public void Under_one_root_there_is_one_Bootstrap_Trust()
    {
        var bootstrap = Grid.Bootstrap();
        Assert.Null(BootstrapRule.CheckOnce(bootstrap, null).Refusal);
        Assert.Null(BootstrapRule.CheckOnce(bootstrap, bootstrap.Hash).Refusal);
        Assert.Equal(RefusalCode.TrustBootstrap, BootstrapRule.CheckOnce(bootstrap, Grid.First().Hash).Refusal?.Code);
        Assert.Null(BootstrapRule.CheckOnce(Grid.First(), bootstrap.Hash).Refusal);
    }

    [Fact]
    public void It_serves_the_operators_own_signing_keys_alone()
    {
        var chain = TrustChain.Begin(Grid.Bootstrap(), Grid.Bootstrap().Hash, Grid.Verifier).Value;
        Assert.Null(DomainRules.CheckCreate(Grid.NewKeys(chain, MasterKeyKind.EcdsaP256, "vaultgrid://operator/1"), chain, Grid.Self(0)).Refusal);
        Assert.Equal(RefusalCode.TrustBootstrap, DomainRules.CheckCreate(Grid.NewKeys(chain, MasterKeyKind.EcdsaP256), chain, Grid.Self(0)).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustBootstrap, DomainRules.CheckCreate(
            Grid.NewKeys(chain, MasterKeyKind.Aes256, "vaultgrid://operator/1"), chain, Grid.Self(0)).Refusal?.Code);
    }

    [Fact]
    public void It_ends_with_its_first_successor_and_then_only_re_wraps()
    {
        var bootstrap = Grid.Bootstrap();
        var chain = TrustChain.Begin(bootstrap, bootstrap.Hash, Grid.Verifier).Value;
        var keys = Grid.NewKeys(chain, MasterKeyKind.EcdsaP256, "vaultgrid://operator/1");
        var domain = Grid.SealedDomain(bootstrap, keys);
        Assert.Equal(1, DomainRules.CheckUse(domain, chain, Grid.Self(1)).Value);

        chain = chain.With(Grid.AfterBootstrap(bootstrap), Grid.Verifier).Value;
        Assert.Equal(RefusalCode.TrustBootstrap, DomainRules.CheckUse(domain, chain, Grid.Self(1)).Refusal?.Code);
        Assert.Equal(1, DomainRules.CheckRewrap(domain, chain, Grid.Self(1)).Value);
        Assert.Equal(RefusalCode.TrustSuperseded, DomainRules.CheckCreate(keys, chain, Grid.Self(1)).Refusal?.Code);
    }

    private static void Refused(RefusalCode expected, Trust trust, Trust? predecessor) =>
        Assert.Equal(expected, Grid.Verifier.Check(trust, predecessor).Refusal?.Code);
}
