using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>A hostile silo with real approvals in its hands, at the enclave's own socket: typed refusals, and nothing changes.</summary>
public sealed class HostileApprovalTests(ProcessGrid grid) : IClassFixture<ProcessGrid>
{
    private TestGrid Ceremony => grid.Grid;

    [Fact]
    public async Task One_approval_short_is_refused()
    {
        var call = Signing();
        await grid.One.RefusesAsync(RefusalCode.ApprovalQuorum, call with { Approvals = [call.Approvals[0]] });
        await grid.One.RefusesAsync(RefusalCode.ApprovalQuorum, call with { Approvals = [] });
    }

    [Fact]
    public async Task An_administrator_counts_once_however_often_they_sign()
    {
        var call = Signing();
        var again = Ceremony.Approve(RequestDocument.Parse(call.Request.Span).Value, Ceremony.Admins[0]);
        Assert.NotEqual(call.Approvals[0].Signature.ToArray(), again.Signature.ToArray());
        await grid.One.RefusesAsync(RefusalCode.ApprovalDuplicate, call with { Approvals = [call.Approvals[0], call.Approvals[0]] });
        await grid.One.RefusesAsync(RefusalCode.ApprovalDuplicate, call with { Approvals = [call.Approvals[0], again] });
    }

    [Fact]
    public async Task An_approval_of_another_request_is_refused()
    {
        var (call, other) = (Signing(), Signing());
        await grid.One.RefusesAsync(RefusalCode.ApprovalInvalid, call with { Approvals = other.Approvals });
        await grid.One.RefusesAsync(RefusalCode.ApprovalInvalid, call with { Approvals = [call.Approvals[0], other.Approvals[1]] });
    }

    [Fact]
    public async Task No_bit_of_a_signature_can_be_changed()
    {
        var call = Signing();
        for (var i = 0; i < call.Approvals[1].Signature.Length; i++)
        {
            var changed = call.Approvals[1] with { Signature = Flipped(call.Approvals[1].Signature, i) };
            await grid.One.RefusesAsync(RefusalCode.ApprovalInvalid, call with { Approvals = [call.Approvals[0], changed] });
        }
    }

    [Fact]
    public async Task No_byte_of_a_request_can_be_changed()
    {
        var call = Signing();
        var before = await grid.One.StatusAsync();
        for (var i = 0; i < call.Request.Length; i++)
        {
            var outcome = await grid.One.TryAsync(call with { Request = Flipped(call.Request, i) });
            Assert.NotNull(outcome.Refusal);
            Assert.NotEqual(RefusalCode.EnclaveFault, outcome.Refusal.Code);
        }

        Statuses.Same(before, await grid.One.StatusAsync());
    }

    [Fact]
    public async Task A_request_of_one_cluster_is_refused_by_another()
    {
        await grid.Foreign.RefusesAsync(RefusalCode.RequestCluster, Signing());
        await grid.One.RefusesAsync(RefusalCode.RequestCluster, Ceremony.Approved(Request() with { Cluster = new ClusterId(2) }));
        var policy = Ceremony.KeyPolicy("other");
        await grid.Foreign.RefusesAsync(RefusalCode.RequestCluster, Ceremony.Approved(Ceremony.CreateKey(policy), policy.ToUtf8()));
    }

    [Fact]
    public async Task A_request_for_another_key_signs_nothing()
    {
        await grid.One.RefusesAsync(RefusalCode.KeyUnknown, Ceremony.Approved(Request() with { Key = grid.ForeignKey }));
        await grid.Three.RefusesAsync(RefusalCode.KeyUnknown, Signing());

        // A policy of another key is no policy of this one, however valid its approvals.
        await grid.One.RefusesAsync(RefusalCode.StateStale, Ceremony.Approved(Request() with { Policy = Ceremony.KeyPolicy("another").Hash() }));
    }

    [Fact]
    public async Task A_request_lives_until_it_expires_and_seven_days_at_most()
    {
        await grid.One.RefusesAsync(RefusalCode.RequestExpired, Ceremony.Approved(Request() with { Expires = Ceremony.In(TimeSpan.FromSeconds(-2)) }));
        await grid.One.RefusesAsync(RefusalCode.RequestExpiryTooFar, Ceremony.Approved(Request() with { Expires = Ceremony.In(TimeSpan.FromDays(8)) }));
    }

    [Fact]
    public async Task Certificates_of_another_role_or_root_or_time_approve_nothing()
    {
        var client = Ceremony.Leaf(Ceremony.RelayCa, CertificateIdentity.Client("admin").Value);
        var device = Ceremony.Leaf(Ceremony.Clusters[0], CertificateIdentity.Device(NodeId.Parse("1/2")));
        var expired = Ceremony.Leaf(Ceremony.AdminCa, CertificateIdentity.Admin(2));
        expired.Key = Ceremony.Admins[1].Key;
        expired.NotAfter = expired.NotBefore.AddHours(1);
        var elsewhere = new TestGrid(Ceremony.Start).Admins[1];
        var unlisted = Ceremony.Leaf(Ceremony.AdminCa, CertificateIdentity.Admin(9));
        var impostor = Ceremony.Leaf(Ceremony.AdminCa, CertificateIdentity.Admin(2));

        await RefusesApprover(RefusalCode.CertificateRole, client);
        await RefusesApprover(RefusalCode.CertificateRole, device);
        await RefusesApprover(RefusalCode.CertificateExpired, expired);
        await RefusesApprover(RefusalCode.CertificateUntrusted, elsewhere);
        await RefusesApprover(RefusalCode.ApprovalStranger, unlisted);
        await RefusesApprover(RefusalCode.ApprovalStranger, impostor);
    }

    [Fact]
    public async Task News_cannot_be_withheld_from_an_enclave_that_a_request_names()
    {
        await grid.One.RefusesAsync(RefusalCode.StateStale, Ceremony.Approved(Request() with { Revocations = 2 }));
        await grid.One.RefusesAsync(RefusalCode.StateStale, Ceremony.Approved(Request() with { Policy = Hash256.Sha256([7]) }));
    }

    [Fact]
    public async Task A_path_or_an_algorithm_that_the_policy_does_not_allow_is_refused()
    {
        await grid.One.RefusesAsync(RefusalCode.PolicyPath, Ceremony.Approved(Request() with { Path = DerivationPath.Parse("m/44'/0'/0'/0/0").Value }));
        await grid.One.RefusesAsync(RefusalCode.PolicyPath, Ceremony.Approved(Request() with { Path = DerivationPath.Parse("m/44'/60'/0'/0").Value }));
        await grid.One.RefusesAsync(RefusalCode.PolicyPath, Ceremony.Approved(Request() with { Path = DerivationPath.Master }));
        await grid.One.RefusesAsync(RefusalCode.TransactionMalformed, Ceremony.Approved(Request() with { Subject = new SigningSubject.EthereumTransaction(new byte[] { 0xc0 }) }));
        await grid.One.RefusesAsync(RefusalCode.PolicyPath, new DeriveAccountCall(grid.Key, DerivationPath.Parse("m/84'").Value));
    }

    [Fact]
    public async Task A_key_is_made_once_on_its_node_and_under_its_policy()
    {
        var policy = Ceremony.KeyPolicy("once");
        var call = Ceremony.Approved(Ceremony.CreateKey(policy, node: 2), policy.ToUtf8());
        await grid.One.RefusesAsync(RefusalCode.NodeForeign, call);
        await grid.Two.RefusesAsync(RefusalCode.InputMalformed, call with { Document = Ceremony.KeyPolicy("twice").ToUtf8() });
        await grid.Two.RefusesAsync(RefusalCode.InputMalformed, call with { Document = default });

        var made = Assert.IsType<Performed.KeyCreated>(await grid.Two.AskAsync(call));
        var status = await grid.Two.StatusAsync();
        var again = Assert.IsType<Performed.KeyCreated>(await grid.Two.AskAsync(call));
        Statuses.Same(status, await grid.Two.StatusAsync());
        Assert.Equal(made.Evidence.Birth.Document.ToArray(), again.Evidence.Birth.Document.ToArray());
        await grid.Two.RefusesAsync(RefusalCode.KeyExists, Ceremony.Approved(Ceremony.CreateKey(policy, node: 2), policy.ToUtf8()));
    }

    [Fact]
    public async Task Identity_and_pins_are_given_once()
    {
        await grid.One.RefusesAsync(RefusalCode.PhaseRefused, grid.One.Provisioning());
        var stranger = Ceremony.Leaf(Ceremony.Clusters[0], CertificateIdentity.Device(NodeId.Parse("1/1")));
        await grid.One.RefusesAsync(RefusalCode.CertificateKey, new CertifyCall(stranger.Der, default));
        await grid.One.RefusesAsync(RefusalCode.CertificateRole, new CertifyCall(Ceremony.Admins[0].Der, default));
        await grid.One.RefusesAsync(RefusalCode.CertificateUntrusted, new AddAuthoritiesCall(new TestGrid(Ceremony.Start).Bundle()));
    }

    private SignRequest Request() => Ceremony.Sign(grid.Key, grid.Policy);

    private PerformCall Signing() => Ceremony.Approved(Request());

    private async Task RefusesApprover(RefusalCode code, ForgedCertificate approver)
    {
        var call = Signing();
        var hash = RequestDocument.Parse(call.Request.Span).Value.Hash;
        await grid.One.RefusesAsync(code, call with { Approvals = [call.Approvals[0], TestGrid.ApproveBytes(hash, approver)] });
    }

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes, int at)
    {
        var changed = bytes.ToArray();
        changed[at] ^= (byte)(1 << (at % 8));
        return changed;
    }
}
