using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Model.Tests.Approvals;

/// <summary>A quorum is one only where every approval that came with it counts, and every administrator counts once.</summary>
public sealed class ApprovalCheckTests
{
    private static readonly RequestDocument Request = RequestDocument.Of(RequestSamples.All["sign-digest"]);
    private static readonly RequestDocument Another = RequestDocument.Of(RequestSamples.All["retire-node"]);
    private static readonly ForgedCertificate[] Admins = [.. Enumerable.Range(1, 3).Select(number => Admin((uint)number))];
    private static readonly ForgedCertificate Stranger = Admin(4);

    [Fact]
    public void The_statement_is_the_tag_a_zero_byte_and_the_hash()
    {
        byte[] expected = [.. Encoding.ASCII.GetBytes("VaultGrid/v1/approve"), 0, .. Request.Hash.ToArray()];
        Assert.Equal(expected, ApprovalStatement.For(Request.Hash));
    }

    [Fact]
    public void An_approval_reads_back_as_it_was_written_and_larger_ones_are_refused()
    {
        var approval = new Approval(Approve(Admins[0]).Certificate, new byte[Approval.SignatureLimit]);
        var bytes = new Wire.WireWriter();
        Approval.Write(bytes, approval);
        var reader = new Wire.WireReader(bytes.ToArray());
        var read = Approval.Read(ref reader);
        Assert.True(reader.End("it", out _));
        Assert.Equal(approval.Certificate.ToArray(), read.Certificate.ToArray());
        Assert.Equal(approval.Signature.ToArray(), read.Signature.ToArray());

        foreach (var (certificate, signature) in ((int, int)[])[(Approval.CertificateLimit + 1, 1), (1, Approval.SignatureLimit + 1)])
        {
            var large = new Wire.WireWriter();
            Approval.Write(large, new Approval(new byte[certificate], new byte[signature]));
            var again = new Wire.WireReader(large.ToArray());
            _ = Approval.Read(ref again);
            Assert.False(again.End("it", out _));
        }
    }

    [Fact]
    public void A_quorum_counts_in_any_order_and_is_answered_in_order_of_identity()
    {
        foreach (var order in (int[][])[[0, 1], [1, 0], [2, 0], [0, 1, 2], [2, 1, 0]])
        {
            var counted = Check([.. order.Select(at => Approve(Admins[at]))]).Value;
            Assert.Equal(order.Order().Select(at => PolicyAdmin.Of(Admins[at].Parsed)), counted);
        }
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(2, 1, false)]
    [InlineData(2, 2, true)]
    [InlineData(3, 2, false)]
    [InlineData(3, 3, true)]
    [InlineData(1, 0, false)]
    public void It_takes_as_many_as_the_policy_says(int quorum, int approvals, bool enough)
    {
        var outcome = Check([.. Admins.Take(approvals).Select(admin => Approve(admin))], Policy() with { Quorum = quorum });
        Assert.Equal(enough ? null : RefusalCode.ApprovalQuorum, outcome.Refusal?.Code);
        if (enough) Assert.Equal(approvals, outcome.Value.Length);
        else Assert.Contains($"asks for {quorum} of 3 administrators; {approvals} approved", outcome.Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void One_approval_that_does_not_count_refuses_the_whole_set_wherever_it_stands()
    {
        Approval[] enough = [Approve(Admins[0]), Approve(Admins[1])];
        foreach (var (bad, code) in ((Approval, RefusalCode)[])
        [
            (Approve(Stranger), RefusalCode.ApprovalStranger),
            (Approve(Admins[0]), RefusalCode.ApprovalDuplicate),
            (Approve(Admins[2], Another), RefusalCode.ApprovalInvalid),
            (new Approval(Admins[2].Der, default), RefusalCode.ApprovalInvalid),
            (new Approval(Admins[2].Der, Approve(Admins[1]).Signature), RefusalCode.ApprovalInvalid),
            (new Approval(new byte[] { 1, 2, 3 }, default), RoleCertificate.Parse([1, 2, 3]).Refusal!.Code),
        ])
        {
            for (var place = 0; place <= enough.Length; place++) Assert.Equal(code, Check([.. enough[..place], bad, .. enough[place..]]).Refusal?.Code);
        }
    }

    [Fact]
    public void A_listed_name_with_another_key_and_a_listed_key_under_another_name_are_strangers()
    {
        var renewed = Admin(1);
        Assert.Equal(RefusalCode.ApprovalStranger, Check([Approve(renewed), Approve(Admins[1])]).Refusal?.Code);
        var renamed = new ForgedCertificate(CertificateIdentity.Admin(9), ForgedGrid.Shared.AdminCa, ForgedGrid.Start) { Key = Admins[0].Key };
        Assert.Equal(RefusalCode.ApprovalStranger, Check([Approve(renamed), Approve(Admins[1])]).Refusal?.Code);
    }

    [Fact]
    public void One_person_with_two_names_or_two_certificates_counts_once()
    {
        // A policy that lists a key twice can't be read, but this check stands by itself.
        var renamed = new ForgedCertificate(CertificateIdentity.Admin(9), ForgedGrid.Shared.AdminCa, ForgedGrid.Start) { Key = Admins[0].Key };
        var lenient = Policy() with { Admins = [.. Policy().Admins, PolicyAdmin.Of(renamed.Parsed)] };
        Assert.Equal(RefusalCode.ApprovalDuplicate, Check([Approve(Admins[0]), Approve(renamed)], lenient).Refusal?.Code);

        var twin = Admin(1);
        var doubled = Policy() with { Admins = [.. Policy().Admins, PolicyAdmin.Of(twin.Parsed)] };
        Assert.Equal(RefusalCode.ApprovalDuplicate, Check([Approve(Admins[0]), Approve(twin)], doubled).Refusal?.Code);

        var reissued = new ForgedCertificate(CertificateIdentity.Admin(1), ForgedGrid.Shared.AdminCa, ForgedGrid.Start) { Key = Admins[0].Key };
        Assert.Equal(RefusalCode.ApprovalDuplicate, Check([Approve(Admins[0]), Approve(reissued)]).Refusal?.Code);
    }

    [Fact]
    public void A_certificate_that_does_not_count_is_refused_with_its_own_reason_before_anything_else()
    {
        var why = new Refusal(RefusalCode.CertificateRevoked, "revoked");
        var outcome = ApprovalCheck.Check(
            Request, [Approve(Stranger)], Policy(), new CertificateCache(), certificate => certificate.Identity.Uri == Stranger.Parsed.Identity.Uri ? why : certificate);
        Assert.Same(why, outcome.Refusal);
    }

    [Fact]
    public void More_approvals_than_a_policy_can_list_are_not_even_looked_at()
    {
        var verified = 0;
        Outcome<ImmutableArray<PolicyAdmin>> With(int approvals) => ApprovalCheck.Check(
            Request, [.. Enumerable.Repeat(Approve(Admins[0]), approvals)], Policy(), new CertificateCache(), certificate =>
            {
                verified++;
                return certificate;
            });

        Assert.Equal(RefusalCode.ApprovalMalformed, With(Approval.Limit + 1).Refusal?.Code);
        Assert.Equal(0, verified);
        Assert.Equal(RefusalCode.ApprovalDuplicate, With(Approval.Limit).Refusal?.Code);
    }

    private static ForgedCertificate Admin(uint number) => new(CertificateIdentity.Admin(number), ForgedGrid.Shared.AdminCa, ForgedGrid.Start);

    private static Approval Approve(ForgedCertificate admin, RequestDocument? request = null) => new(
        admin.Der, ((ECDsa)admin.Key).SignData(ApprovalStatement.For((request ?? Request).Hash), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    private static Outcome<ImmutableArray<PolicyAdmin>> Check(IReadOnlyList<Approval> approvals, KeyPolicy? policy = null) =>
        ApprovalCheck.Check(Request, approvals, policy ?? Policy(), new CertificateCache(), certificate => certificate);

    private static KeyPolicy Policy() => new()
    {
        KeyId = KeyId.Parse("treasury"), Number = 1, Predecessor = null, Quorum = 2, Admins = [.. Admins.Select(admin => PolicyAdmin.Of(admin.Parsed))],
        Algorithms = [SigningAlgorithm.EcdsaSecp256k1], Paths = [],
    };
}
