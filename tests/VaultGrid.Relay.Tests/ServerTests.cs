using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>Whom the SDK believes, and what it does when the grid doesn't answer.</summary>
public sealed class ServerTests(RelayFixture fixture) : IClassFixture<RelayFixture>
{
    private TestRelay Relay => fixture.Relay;

    [Fact]
    public async Task A_server_under_another_root_is_not_believed()
    {
        using var foreign = new TestAuthorities();
        var client = Relay.Connect(fixture.Authorities.Client("a"), known: foreign.Known());
        Assert.Equal(RefusalCode.CertificateUntrusted, await client.GetGridAsync(default).Code());
    }

    [Fact]
    public async Task A_server_is_called_by_a_name_of_its_certificate()
    {
        var byAddress = new UriBuilder(Relay.Address) { Host = "127.0.0.1" }.Uri;
        Assert.Null(await Relay.Connect(fixture.Authorities.Client("a"), address: byAddress).GetGridAsync(default).Code());

        await using var elsewhere = await TestRelay.StartAsync(fixture.Authorities, options =>
        {
            var issued = fixture.Authorities.Relay("elsewhere", "relay.example");
            (options.CertificateFile, options.KeyFile) = (issued.ChainFile, issued.KeyFile);
        });
        Assert.Equal(RefusalCode.CertificateUntrusted, await elsewhere.Connect(fixture.Authorities.Client("a")).GetGridAsync(default).Code());
    }

    [Fact]
    public async Task A_revoked_server_is_not_believed()
    {
        using var authorities = new TestAuthorities();
        var issued = authorities.Relay("lost");
        await using var relay = await TestRelay.StartAsync(authorities, options => (options.CertificateFile, options.KeyFile) = (issued.ChainFile, issued.KeyFile));
        authorities.Revoke(issued);
        Assert.Equal(RefusalCode.CertificateRevoked, await relay.Connect(authorities.Client("a")).GetGridAsync(default).Code());
    }

    [Fact]
    public async Task An_expired_server_is_not_believed()
    {
        var later = new ShiftedTime { Shift = TimeSpan.FromDays(400) };
        Assert.Equal(RefusalCode.CertificateExpired, await Relay.Connect(fixture.Authorities.Client("a"), time: later).GetGridAsync(default).Code());
    }

    [Fact]
    public async Task A_client_s_certificate_doesn_t_make_a_server()
    {
        using var authorities = new TestAuthorities();
        var client = authorities.Client("posing");
        var failure = await Assert.ThrowsAsync<RelayStartException>(() => TestRelay.StartAsync(
            authorities, options => (options.CertificateFile, options.KeyFile) = (client.ChainFile, client.KeyFile)));
        Assert.Contains("certificate.role", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_a_refusal_not_an_exception()
    {
        var nowhere = Relay.Connect(fixture.Authorities.Client("a"), retries: 2, address: new Uri("https://localhost:1"));
        Assert.Equal(RefusalCode.GridUnavailable, await nowhere.GetGridAsync(default).Code());
        var noName = Relay.Connect(fixture.Authorities.Client("a"), address: new Uri("https://no-such-host.invalid"));
        Assert.Equal(RefusalCode.GridUnavailable, await noName.GetGridAsync(default).Code());
    }

    [Fact]
    public async Task A_busy_grid_is_asked_again_and_then_answers()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities);
        var asked = 0;
        relay.Grid.Before = (call, _) => Task.FromResult(
            call.Caller.Identity.Role == CertificateRole.Client && Interlocked.Increment(ref asked) < 2 ? new Refusal(RefusalCode.EnclaveBusy, "busy") : null);
        Assert.Null(await relay.Connect(fixture.Authorities.Client("a"), retries: 2).GetGridAsync(default).Code());
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task What_may_have_been_done_is_not_done_twice()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities);
        relay.Grid.Before = (_, _) => Task.FromResult<Refusal?>(new Refusal(RefusalCode.EnclaveDetached, "gone"));
        var client = relay.Connect(fixture.Authorities.Client("a"), retries: 3);
        var outcome = await client.ProvisionNodeAsync(NodeId.Parse("1/1"), Filled.Of<NodeProvisioning>(), default);
        Assert.Equal(RefusalCode.EnclaveDetached, outcome.Refusal?.Code);
        Assert.Single(relay.Grid.Calls);
    }

    [Fact]
    public async Task A_refusal_that_will_stay_is_not_asked_about_again()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities);
        relay.Grid.Before = (_, _) => Task.FromResult<Refusal?>(new Refusal(RefusalCode.ApprovalQuorum, "one short"));
        Assert.Equal(RefusalCode.ApprovalQuorum, await relay.Connect(fixture.Authorities.Client("a"), retries: 3).GetGridAsync(default).Code());
        Assert.Single(relay.Grid.Calls);
    }

    [Fact]
    public async Task Whoever_gives_up_gets_the_cancellation()
    {
        await using var relay = await TestRelay.StartAsync(fixture.Authorities);
        using var gaveUp = new CancellationTokenSource();
        var noticed = new TaskCompletionSource();
        relay.Grid.Before = async (call, cancel) =>
        {
            if (call.Caller.Identity.Role == CertificateRole.Relay) return null;
            await using var registration = cancel.Register(noticed.SetResult);
            await gaveUp.CancelAsync();
            await noticed.Task;
            return null;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => relay.Connect(fixture.Authorities.Client("a")).GetGridAsync(gaveUp.Token));
        await noticed.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_key_file_in_the_clear_or_under_another_passphrase_is_refused()
    {
        var issued = fixture.Authorities.Client("keys");
        var chain = File.ReadAllText(issued.ChainFile);
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);

        Assert.Equal(RefusalCode.InputUnsupported, TlsIdentity.FromPem(chain, key.ExportPkcs8PrivateKeyPem(), "of the tests"u8).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, TlsIdentity.FromPem(chain, File.ReadAllText(issued.KeyFile), "wrong"u8).Refusal?.Code);
        var other = File.ReadAllText(fixture.Authorities.Client("other").KeyFile);
        Assert.Equal(RefusalCode.CertificateKey, TlsIdentity.FromPem(chain, other, "of the tests"u8).Refusal?.Code);
    }

    public static TheoryData<string> Addresses => ["http://localhost:1", "https://localhost/path", "https://user@localhost", "https://localhost/?q=1"];

    [Theory, MemberData(nameof(Addresses))]
    public void An_address_is_https_and_a_host(string address) =>
        Assert.Equal(RefusalCode.InputMalformed, new VaultGridClientOptions { Address = new Uri(address) }.Check()?.Code);
}
