using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Certificates;

public class TrustedAuthoritiesTests
{
    private static readonly ForgedGrid Grid = ForgedGrid.Shared;
    private static readonly DateTimeOffset Start = ForgedGrid.Start;
    private static readonly byte[] Revoked = [0x22, 0x33];

    [Fact]
    public void Only_a_self_signed_root_can_be_pinned()
    {
        Assert.Equal(RefusalCode.CertificateRole, TrustedAuthorities.Pin(Grid.AdminCa.Der).Refusal?.Code);
        var forged = new ForgedCertificate(Grid.Root.Identity, null, Start) { SigningKey = Grid.AdminCa.Key };
        Assert.Equal(RefusalCode.CertificateUntrusted, TrustedAuthorities.Pin(forged.Der).Refusal?.Code);
    }

    [Fact]
    public void Authorities_and_lists_are_taken_in_any_order_and_what_is_known_changes_nothing()
    {
        var lists = Grid.Authorities.Select(ca => ca.List(1, Start)).ToArray();
        var forwards = Grid.Pinned.TryAdd(ForgedGrid.Bundle(Grid.Authorities, lists), ForgedGrid.Now).Value;
        var backwards = Grid.Pinned.TryAdd(ForgedGrid.Bundle(Grid.Authorities.Reverse(), [.. lists.Reverse()]), ForgedGrid.Now).Value;
        Assert.Equal(forwards.ToBytes(), backwards.ToBytes());
        Assert.Same(forwards, forwards.TryAdd(forwards.ToBundle(), ForgedGrid.Now).Value);
    }

    [Fact]
    public void A_stored_set_comes_back_the_same_and_a_damaged_one_does_not()
    {
        var stored = Grid.Trusted.ToBytes();
        var restored = TrustedAuthorities.Restore(stored).Value;
        Assert.Equal(stored, restored.ToBytes());
        Assert.Equal(Grid.Trusted.HighestSignedTime, restored.HighestSignedTime);

        const int Seed = 7;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < 300; round++)
        {
            var damaged = stored.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.NotNull(TrustedAuthorities.Restore(damaged).Refusal);
        }
    }

    [Fact]
    public void A_foreign_root_or_its_authorities_are_refused_and_nothing_changes()
    {
        var foreign = new ForgedGrid();
        Assert.Equal(RefusalCode.CertificateUntrusted, Add(ForgedGrid.Bundle([foreign.Root])));
        Assert.Equal(RefusalCode.CertificateUntrusted, Add(ForgedGrid.Bundle([foreign.AdminCa])));
        Assert.Equal(RefusalCode.RevocationsMalformed, Add(ForgedGrid.Lists(foreign.AdminCa.List(9, Start))));
    }

    [Fact]
    public void Leafs_and_misplaced_authorities_are_refused()
    {
        Assert.Equal(RefusalCode.CertificateRole, Add(ForgedGrid.Bundle([Grid.Admin])));
        var underRoot = ForgedGrid.Under(Grid.Root, CertificateIdentity.ClusterAuthority(new ClusterId(5)));
        Assert.Equal(RefusalCode.CertificateRole, Add(ForgedGrid.Bundle([underRoot])));
        var underRelay = ForgedGrid.Under(Grid.RelayCa, CertificateIdentity.Authority(CertificateRole.AdminCa));
        Assert.Equal(RefusalCode.CertificateRole, Add(ForgedGrid.Bundle([underRelay])));
    }

    [Fact]
    public void One_bad_item_refuses_the_whole_bundle()
    {
        var good = Grid.AdminCa.List(2, Start.AddDays(1), (Revoked, Start));
        var outcome = Grid.Trusted.TryAdd(ForgedGrid.Lists(good, new ForgedGrid().RelayCa.List(2, Start)), ForgedGrid.Now);
        Assert.Equal(RefusalCode.RevocationsMalformed, outcome.Refusal?.Code);
        Assert.Equal(1ul, Grid.Trusted.ListNumber(CertificateRole.AdminCa, null, ForgedGrid.Now));
    }

    [Fact]
    public void An_older_list_is_refused_alone_and_passed_over_beside_news()
    {
        var newer = Grid.Trusted.TryAdd(ForgedGrid.Lists(Grid.AdminCa.List(3, Start.AddDays(1), (Revoked, Start))), ForgedGrid.Now).Value;
        var older = Grid.AdminCa.List(2, Start.AddDays(1));
        Assert.Equal(RefusalCode.RevocationsStale, newer.TryAdd(ForgedGrid.Lists(older), ForgedGrid.Now).Refusal?.Code);

        var mixed = newer.TryAdd(ForgedGrid.Lists(older, Grid.RelayCa.List(2, Start.AddDays(1))), ForgedGrid.Now).Value;
        Assert.Equal(3ul, mixed.ListNumber(CertificateRole.AdminCa, null, ForgedGrid.Now));
        Assert.Equal(2ul, mixed.ListNumber(CertificateRole.RelayCa, null, ForgedGrid.Now));
    }

    [Fact]
    public void A_list_that_forgets_redates_or_reuses_a_number_is_refused()
    {
        var day = Start.AddDays(1);
        var held = Grid.Trusted.TryAdd(ForgedGrid.Lists(Grid.AdminCa.List(2, day, (Revoked, Start))), ForgedGrid.Now).Value;
        foreach (var list in new[]
        {
            Grid.AdminCa.List(3, day),
            Grid.AdminCa.List(3, day, (Revoked, day)),
            Grid.AdminCa.List(2, day, (Revoked, Start), ([0x44], Start)),
            Grid.AdminCa.List(3, day.AddHours(-1), (Revoked, Start)),
        })
        {
            Assert.Equal(RefusalCode.RevocationsStale, held.TryAdd(ForgedGrid.Lists(list), ForgedGrid.Now).Refusal?.Code);
        }

        Assert.Null(held.TryAdd(ForgedGrid.Lists(Grid.AdminCa.List(3, day, (Revoked, Start), ([0x44], Start))), ForgedGrid.Now).Refusal);
    }

    [Fact]
    public void A_list_may_forget_a_certificate_that_has_surely_expired_by_signed_time_alone()
    {
        var held = Grid.Trusted.TryAdd(ForgedGrid.Lists(Grid.AdminCa.List(2, Start, (Revoked, Start))), ForgedGrid.Now).Value;
        var life = CertificateRole.Admin.LongestValidity();
        var farAhead = Start.AddYears(9);
        Assert.Equal(RefusalCode.RevocationsStale, held.TryAdd(ForgedGrid.Lists(Grid.AdminCa.List(3, Start + life)), farAhead).Refusal?.Code);
        Assert.Null(held.TryAdd(ForgedGrid.Lists(Grid.AdminCa.List(3, Start + life + TimeSpan.FromSeconds(1))), Start).Refusal);
    }

    [Fact]
    public void A_second_authority_is_taken_only_after_the_first()
    {
        var second = ForgedGrid.Under(Grid.Root, Grid.AdminCa.Identity);
        var bundle = ForgedGrid.Bundle([second], second.List(1, Start));
        Assert.Equal(RefusalCode.StateConflict, Add(bundle));

        var revocation = Grid.Root.List(2, Start.AddDays(1), (Grid.AdminCa.Serial, Start.AddDays(1)));
        var succeeded = Grid.Trusted.TryAdd(bundle with { Lists = [.. bundle.Lists, revocation] }, ForgedGrid.Now).Value;
        Assert.Equal(second.Parsed, succeeded.InForce(CertificateRole.AdminCa, null, ForgedGrid.Now));

        var old = Grid.Admin.Parsed;
        Assert.Equal(RefusalCode.CertificateRevoked, ChainVerifier.Verify(old, CertificateRole.Admin, succeeded, ForgedGrid.Now).Refusal?.Code);
        Assert.Null(ChainVerifier.VerifyAsOf(old, CertificateRole.Admin, succeeded, Start.AddHours(5)).Refusal);
    }

    [Fact]
    public void One_key_makes_one_authority()
    {
        var twin = ForgedGrid.Under(Grid.DeviceCa, CertificateIdentity.ClusterAuthority(new ClusterId(3)));
        twin.Key = Grid.ClusterOne.Key;
        Assert.Equal(RefusalCode.CertificateKey, Add(ForgedGrid.Bundle([twin])));
    }

    [Fact]
    public void What_a_revoked_authority_says_later_is_ignored()
    {
        var since = Start.AddDays(1);
        var revoked = Grid.Trusted.TryAdd(ForgedGrid.Lists(Grid.Root.List(2, since, (Grid.DeviceCa.Serial, since))), ForgedGrid.Now).Value;
        var later = ForgedGrid.Lists(Grid.DeviceCa.List(7, since.AddYears(5), (Grid.ClusterOne.Serial, since)));
        var after = revoked.TryAdd(later, ForgedGrid.Now).Value;
        Assert.Equal(revoked.ToBytes(), after.ToBytes());
        Assert.Equal(revoked.HighestSignedTime, after.HighestSignedTime);
    }

    [Fact]
    public void The_highest_signed_time_follows_lists_and_authorities()
    {
        Assert.Equal(Start, Grid.Trusted.HighestSignedTime);
        var later = Start.AddDays(40);
        var listed = Grid.Trusted.TryAdd(ForgedGrid.Lists(Grid.RelayCa.List(2, later)), ForgedGrid.Now).Value;
        Assert.Equal(later, listed.HighestSignedTime);

        var authority = new ForgedCertificate(CertificateIdentity.ClusterAuthority(new ClusterId(8)), Grid.DeviceCa, later.AddDays(1));
        Assert.Equal(later.AddDays(1), listed.TryAdd(ForgedGrid.Bundle([authority]), ForgedGrid.Now).Value.HighestSignedTime);
    }

    [Fact]
    public void A_bundle_survives_PEM_and_a_damaged_block_is_no_text()
    {
        var bundle = Grid.Trusted.ToBundle();
        var pem = bundle.ToPem();
        Assert.Equal(bundle.ToBytes(), AuthorityBundle.ParsePem("a remark\n" + pem).Value.ToBytes());

        var at = pem.IndexOf("-----END CERTIFICATE", 3000, StringComparison.Ordinal);
        Assert.Equal(RefusalCode.InputMalformed, AuthorityBundle.ParsePem(pem.Remove(at, 30)).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, AuthorityBundle.ParsePem(pem.Insert(at - 10, "!")).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, AuthorityBundle.ParsePem("").Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, AuthorityBundle.ParsePem(pem + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").Refusal?.Code);
    }

    private static RefusalCode? Add(AuthorityBundle bundle) => Grid.Trusted.TryAdd(bundle, ForgedGrid.Now).Refusal?.Code;
}
