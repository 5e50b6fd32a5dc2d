using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>Revocation, overdue lists, and the enclave's clock.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly TestGrid _grid;
    private readonly TestStore _store;
    private TestNode _node = null!;
    private Hash256 _key;
    private KeyPolicy _policy = null!;

    public RevocationTests()
    {
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
        _store = new TestStore(_time);
    }

    public async ValueTask InitializeAsync()
    {
        _node = _store.Start(_grid);
        await _node.JoinClusterAsync(TestGrid.Membership([1]));
        (_key, _policy) = await _node.CreateKeyAsync();
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_revoked_administrator_approves_nothing()
    {
        await AddAsync(_grid.AdminCa.List(2, _time.GetUtcNow(), (_grid.Admins[1].Serial, _time.GetUtcNow())));
        await _node.RefusesAsync(RefusalCode.CertificateRevoked, Signing());
        var document = RequestDocument.Of(_grid.Sign(_key, _policy));
        Assert.IsType<Performed.Signed>(await _node.AskAsync(new PerformCall(
            document.Utf8, [_grid.Approve(document, _grid.Admins[0]), _grid.Approve(document, _grid.Admins[2])], default)));
    }

    [Fact]
    public async Task A_revoked_node_uses_no_key()
    {
        var own = RoleCertificate.Parse((await _node.StatusAsync()).Certificate.Span).Value;
        await AddAsync(_grid.Clusters[0].List(2, _time.GetUtcNow(), (Convert.FromHexString(own.Serial.ToString()), _time.GetUtcNow())));
        await _node.RefusesAsync(RefusalCode.CertificateRevoked, Signing());
        await _node.RefusesAsync(RefusalCode.CertificateRevoked, new AuditSignCall(_key, new byte[1]));
    }

    [Fact]
    public async Task An_older_list_is_refused_and_a_forgotten_revocation_too()
    {
        var revoked = (_grid.Admins[1].Serial, _time.GetUtcNow());
        await AddAsync(_grid.AdminCa.List(5, _time.GetUtcNow(), revoked));
        await Refuses(_grid.AdminCa.List(4, _time.GetUtcNow(), revoked));
        await Refuses(_grid.AdminCa.List(6, _time.GetUtcNow()));
        Assert.Equal(5UL, (await _node.StatusAsync()).RevocationLists.Single(list => list.Issuer == "admin-ca").Number);
    }

    [Fact]
    public async Task Nothing_uses_a_key_on_overdue_lists_but_audits()
    {
        _time.Advance(TimeSpan.FromDays(6.5));
        _grid.Now = _time.GetUtcNow();
        await _node.RefusesAsync(RefusalCode.RevocationsOverdue, Signing());
        await _node.RefusesAsync(RefusalCode.RevocationsOverdue, new DeriveAccountCall(_key, DerivationPath.Parse("m/44'/60'/0'").Value));
        await _node.RefusesAsync(RefusalCode.RevocationsOverdue, new JoinCall(_policy.KeyId));
        var policy = _grid.KeyPolicy("later");
        await _node.RefusesAsync(RefusalCode.RevocationsOverdue, _grid.Approved(_grid.CreateKey(policy), policy.ToUtf8()));
        await _node.AskAsync(new AuditSignCall(_key, new byte[1]));

        await AddAsync([.. _grid.Authorities.Select(ca => ca.List(2, _time.GetUtcNow()))]);
        Assert.IsType<Performed.Signed>(await _node.AskAsync(Signing()));
    }

    [Fact]
    public async Task An_expired_certificate_of_its_own_stops_a_node_until_it_is_renewed()
    {
        // Off for so long: a running enclave would do its hourly work 16,800 times.
        _store.Stop();
        _time.Advance(TimeSpan.FromDays(700));
        _node = _store.Start(_grid);
        _grid.Now = _time.GetUtcNow();
        await AddAsync([.. _grid.Authorities.Select(ca => ca.List(2, _time.GetUtcNow()))]);
        await _node.RefusesAsync(RefusalCode.CertificateExpired, new AuditSignCall(_key, new byte[1]));

        var request = await RequestAsync();
        var renewed = _grid.Device(request);
        (renewed.NotBefore, renewed.NotAfter) = (_grid.Now.AddHours(-1), _grid.Now.AddDays(90));
        await _node.AskAsync(new CertifyCall(renewed.Der, default));
        await _node.AskAsync(new AuditSignCall(_key, new byte[1]));

        // The certificate before it does not come back.
        await _node.RefusesAsync(RefusalCode.CertificateExpired, new CertifyCall(_grid.Device(request).Der, default));
    }

    [Fact]
    public async Task The_clock_never_falls_below_what_a_CA_has_signed()
    {
        await AddAsync(_grid.AdminCa.List(2, _time.GetUtcNow().AddHours(5)));
        Assert.True((await _node.StatusAsync()).Time >= _time.GetUtcNow().AddHours(5));

        // The request was good for an hour from a time that has passed, whatever the host's clock says, and also after a restart.
        await _node.RefusesAsync(RefusalCode.RequestExpired, Signing());
        _store.Stop();
        _node = _store.Start(_grid);
        await _node.RefusesAsync(RefusalCode.RequestExpired, Signing());
    }

    [Fact]
    public async Task A_certificate_from_later_proves_that_it_is_later_and_the_store_remembers()
    {
        var before = await _node.StatusAsync();
        var later = _grid.Leaf(_grid.AdminCa, CertificateIdentity.Admin(1));
        later.Key = _grid.Admins[0].Key;
        later.NotBefore = _time.GetUtcNow().AddMinutes(30);
        var call = Signing();
        var document = RequestDocument.Parse(call.Request.Span).Value;
        await _node.TryAsync(call with { Approvals = [_grid.Approve(document, later), call.Approvals[1]] });

        var after = await _node.StatusAsync();
        Assert.Equal(later.NotBefore, after.Time);
        Assert.Equal(before.StoreVersion + 1, after.StoreVersion);
        _store.Stop();
        _node = _store.Start(_grid);
        Assert.Equal(later.NotBefore, (await _node.StatusAsync()).Time);
    }

    private PerformCall Signing() => _grid.Approved(_grid.Sign(_key, _policy));

    private async Task AddAsync(params byte[][] lists) => await _node.AskAsync(new AddAuthoritiesCall(_grid.Bundle(lists)));

    private Task Refuses(byte[] list) => _node.RefusesAsync(RefusalCode.RevocationsStale, new AddAuthoritiesCall(_grid.Bundle(list)));

    // The node's certificate as a request would ask for it again: a D key has one request, kept in the store.
    private Task<byte[]> RequestAsync()
    {
        _store.Stop();
        var adapter = new SoftwareAdapter(KeyFileSecret.Read(_store.KeyFile).Value);
        var (sealing, state) = StoreSealing.Open(File.ReadAllBytes(_store.StoreFile), adapter).Value;
        var request = state.Identity!.Request.ToArray();
        sealing.Dispose();
        adapter.Dispose();
        _node = _store.Start(_grid);
        return Task.FromResult(request);
    }
}
