using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>Whether a request is approved, and what certificates do to the clock that is asked.</summary>
public sealed class RequestCheckTests
{
    private readonly ManualTime _time = new();
    private readonly TestGrid _grid;
    private readonly EnclaveClock _clock;
    private readonly CertificateGate _certificates;
    private readonly RequestCheck _requests;
    private readonly KeyPolicy _next;
    private readonly PolicyChain _admins;
    private readonly TrustedAuthorities _authorities;

    public RequestCheckTests()
    {
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
        _clock = new EnclaveClock(_time, DateTimeOffset.UnixEpoch);
        _certificates = new CertificateGate(_clock);
        _requests = new RequestCheck(_clock, _certificates);
        _next = TestGrid.Policy(KeyId.Provisioning, 2, _grid.Admins, _grid.AdminPolicy);
        _admins = PolicyChain.Start(_grid.AdminPolicy).Then(chain => chain.Add(_next, _time.GetUtcNow())).Value;
        _authorities = TrustedAuthorities.Pin(_grid.Root.Der).Value.TryAdd(AuthorityBundle.Parse(_grid.Bundle()).Value, _time.GetUtcNow()).Value;
    }

    private VaultState State => VaultState.Fresh with { Authorities = _authorities };

    [Fact]
    public void A_request_that_took_effect_elsewhere_needs_its_quorum_and_no_more()
    {
        // Under the policy of then, long after it has expired.
        var call = _grid.Approved(_grid.CreateKey(_grid.KeyPolicy()));
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(RefusalCode.RequestExpired, Approved(call).Refusal?.Code);
        Assert.Null(Quorum(call).Refusal);
        Assert.Equal(RefusalCode.ApprovalQuorum, Quorum(call with { Approvals = [call.Approvals[1]] }).Refusal?.Code);
        Assert.Equal(RefusalCode.StateStale, Quorum(_grid.Approved(_grid.CreateKey(_grid.KeyPolicy()) with { Policy = Hash256.Sha256([1]) })).Refusal?.Code);
    }

    [Fact]
    public void A_new_request_is_under_the_policy_in_force_and_in_time()
    {
        Assert.Null(Approved(_grid.Approved(_grid.CreateKey(_grid.KeyPolicy(), admins: _next))).Refusal);
        Assert.Equal(RefusalCode.PolicySuperseded, Approved(_grid.Approved(_grid.CreateKey(_grid.KeyPolicy()))).Refusal?.Code);
        var request = _grid.CreateKey(_grid.KeyPolicy(), admins: _next);
        Assert.Equal(RefusalCode.StateStale, Approved(_grid.Approved(request with { Revocations = 2 })).Refusal?.Code);
        Assert.Null(Approved(_grid.Approved(request with { Revocations = 0 })).Refusal);
        var call = _grid.Approved(request);
        Assert.Equal(RefusalCode.ApprovalQuorum, Approved(call with { Approvals = [call.Approvals[0]] }).Refusal?.Code);
    }

    [Fact]
    public void Without_a_list_of_the_Admin_CA_nothing_is_approved()
    {
        var bundle = _grid.Bundle([.. _grid.Authorities.Where(ca => ca != _grid.AdminCa).Select(ca => ca.List(1, _grid.Start))]);
        var state = VaultState.Fresh with { Authorities = TrustedAuthorities.Pin(_grid.Root.Der).Value.TryAdd(AuthorityBundle.Parse(bundle).Value, _time.GetUtcNow()).Value };
        var call = _grid.Approved(_grid.CreateKey(_grid.KeyPolicy(), admins: _next));
        Assert.Equal(RefusalCode.RevocationsMissing, _requests.Approved(RequestDocument.Parse(call.Request.Span).Value, call.Approvals, _admins, state).Refusal?.Code);
    }

    [Fact]
    public void A_certificate_that_counts_raises_the_clock_to_its_beginning()
    {
        var (now, admin) = (_time.GetUtcNow(), Admin());
        admin.NotBefore = now.AddMinutes(-1);
        Assert.Null(Judge(admin).Refusal);
        Assert.Equal(admin.NotBefore, _clock.Floor);
    }

    [Fact]
    public void A_certificate_of_later_raises_the_clock_and_then_counts()
    {
        var admin = Admin();
        admin.NotBefore = _time.GetUtcNow().AddHours(1);
        Assert.Null(Judge(admin).Refusal);
        Assert.Equal((admin.NotBefore, admin.NotBefore), (_clock.Floor, _clock.Now));
    }

    [Fact]
    public void What_does_not_count_raises_nothing()
    {
        var expired = Admin();
        expired.NotAfter = expired.NotBefore.AddHours(1);
        Assert.Equal(RefusalCode.CertificateExpired, Judge(expired).Refusal?.Code);
        var stranger = new TestGrid(_grid.Start).Leaf(_grid.AdminCa, CertificateIdentity.Admin(1));
        stranger.SigningKey = _grid.DeviceCa.Key;
        stranger.NotBefore = _time.GetUtcNow().AddHours(1);
        Assert.NotNull(Judge(stranger).Refusal);
        var client = _grid.Leaf(_grid.RelayCa, CertificateIdentity.Client("desk").Value);
        client.NotBefore = _time.GetUtcNow().AddHours(1);
        Assert.Equal(RefusalCode.CertificateRole, Judge(client).Refusal?.Code);
        Assert.Equal(DateTimeOffset.UnixEpoch, _clock.Floor);
    }

    private ForgedCertificate Admin() => _grid.Leaf(_grid.AdminCa, CertificateIdentity.Admin(1));

    private Outcome<RoleCertificate> Judge(ForgedCertificate certificate) => _certificates.Now(certificate.Parsed, CertificateRole.Admin, _authorities);

    private Outcome<Done> Approved(PerformCall call) => _requests.Approved(RequestDocument.Parse(call.Request.Span).Value, call.Approvals, _admins, State);

    private Outcome<Done> Quorum(PerformCall call) => _requests.Quorum(RequestDocument.Parse(call.Request.Span).Value, call.Approvals, _admins, State);
}
