using VaultGrid.Grains.Tests.Trusts;
using VaultGrid.LocalGrid;

namespace VaultGrid.Grains.Tests.Domains;

/// <summary>Domains through the relay: revisions follow each other, uses go beside them, and nobody does what the certificate doesn't say.</summary>
public sealed class DomainGridTests(TrustGridFixture fixture) : IClassFixture<TrustGridFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rotations_that_race_follow_each_other_and_uses_go_on()
    {
        var trust = await fixture.BeginAsync(Cancellation, 1, 2, 3);
        var id = LocalTrusts.NewDomain();
        var (domains, client, identity) = fixture.Client(id);
        using (identity)
        using (client)
        {
            var first = (await domains.CreateAsync(id, MasterKeyKind.Aes256, "", trust.Body.Id, Cancellation)).Value;
            using var fileKey = SecretBytes.Random(FileKeyWrap.KeyLength);
            var header = (await domains.WrapAsync(first, FileHeader.NewStreamPart(), fileKey, Cancellation)).Value;

            // Eight rotate the same revision: one does, the others hear that it is gone. Old revisions go on opening meanwhile.
            var rotations = Enumerable.Range(0, 8).Select(_ => domains.RotateAsync(first, newMaster: false, 0, Cancellation)).ToList();
            var uses = Enumerable.Range(0, 16).Select(async _ =>
            {
                var opened = await domains.UnwrapAsync(first, header, Cancellation);
                opened.Value.Dispose();
            });
            await Task.WhenAll(uses);
            var outcomes = await Task.WhenAll(rotations);
            Assert.Equal(2UL, Assert.Single(outcomes, outcome => outcome.Refusal is null).Value.Keys.Revision);
            Assert.All(outcomes.Where(outcome => outcome.Refusal is not null), outcome => Assert.Equal(RefusalCode.StateConflict, outcome.Refusal!.Code));

            var second = (await domains.GetAsync(id, Cancellation)).Value;
            Assert.Equal(2UL, second.Keys.Revision);
            using var again = (await domains.UnwrapAsync(second, header, Cancellation)).Value;
            Assert.Equal(2UL, (await client.Trusts.ListDomainsAsync(new DomainQuery { Chain = trust.Body.Id }, Cancellation)).Value.Items.Single().Revision);
        }
    }

    [Fact]
    public async Task The_same_call_again_is_answered_the_same_and_another_under_its_id_is_refused()
    {
        var trust = await fixture.BeginAsync(Cancellation, 1);
        var id = LocalTrusts.NewDomain();
        var (domains, client, identity) = fixture.Client(id);
        using (identity)
        using (client)
        {
            var door = System.Reflection.DispatchProxy.Create<ITrustGrid, RecordingProxy>();
            var recorder = (RecordingProxy)door;
            recorder.Inner = client.Trusts;
            var recorded = new DomainClient(door, identity, new KnownAuthorities(fixture.Grid.Ceremony.Trusted()), TimeProvider.System);
            var made = (await recorded.CreateAsync(id, MasterKeyKind.Ed25519, "", trust.Body.Id, Cancellation)).Value;
            var repeated = (await client.Trusts.CallDomainAsync(id, recorder.Last!, Cancellation)).Value;
            Assert.True(made.ToBytes().AsSpan().SequenceEqual(repeated.Domain!.Value.Span));
            Assert.Equal(RefusalCode.StateConflict, (await domains.CreateAsync(id, MasterKeyKind.Ed25519, "", trust.Body.Id, Cancellation)).Code());

            // A use is answered once: its answer was for who asked first.
            Assert.Null((await recorded.SignAsync(made, 0, "message"u8.ToArray(), Cancellation)).Refusal);
            Assert.Equal(RefusalCode.CallReplayed, (await client.Trusts.CallDomainAsync(id, recorder.Last!, Cancellation)).Code());
            Assert.Equal(RefusalCode.CallInvalid, (await client.Trusts.CallDomainAsync(LocalTrusts.NewDomain(), recorder.Last!, Cancellation)).Code());
        }
    }

    [Theory]
    [InlineData(RefusalCode.EnclaveBusy)]
    [InlineData(RefusalCode.CallExpired)]
    public async Task A_call_of_the_second_in_which_an_enclave_started_or_of_a_clock_ahead_is_signed_again(RefusalCode code)
    {
        var trust = await fixture.BeginAsync(Cancellation, 1);
        var id = LocalTrusts.NewDomain();
        var (domains, client, identity) = fixture.Client(id);
        using (identity)
        using (client)
        {
            var made = (await domains.CreateAsync(id, MasterKeyKind.Aes256, "", trust.Body.Id, Cancellation)).Value;
            var door = System.Reflection.DispatchProxy.Create<ITrustGrid, LyingProxy>();
            var liar = (LyingProxy)door;
            liar.Inner = client.Trusts;
            var hurried = new DomainClient(door, identity, new KnownAuthorities(fixture.Grid.Ceremony.Trusted()), TimeProvider.System);

            using var fileKey = SecretBytes.Random(FileKeyWrap.KeyLength);
            Refuse(times: 1);
            var header = (await hurried.WrapAsync(made, FileHeader.NewStreamPart(), fileKey, Cancellation)).Value;
            Refuse(times: 1);
            using var opened = (await hurried.UnwrapAsync(made, header, Cancellation)).Value;
            Assert.Equal(Bytes(fileKey), Bytes(opened));

            Refuse(times: 2);
            Assert.Equal(code, (await hurried.RotateAsync(made, newMaster: false, 0, Cancellation)).Code());

            void Refuse(int times) => liar.Lies[nameof(ITrustGrid.CallDomainAsync)] = () =>
            {
                if (--times == 0) liar.Lies.Clear();
                return Task.FromResult<Outcome<VaultGrid.Client.DomainAnswer>>(new Refusal(code, "a second later, please"));
            };
        }
    }

    [Fact]
    public async Task A_Domain_that_the_grid_does_not_keep_is_used_by_its_document()
    {
        var trust = await fixture.BeginAsync(Cancellation, 1, 2);
        var id = LocalTrusts.NewDomain();
        var (domains, client, identity) = fixture.Client(id);
        using (identity)
        using (client)
        {
            var first = (await domains.CreateAsync(id, MasterKeyKind.EcdsaP256, "", trust.Body.Id, Cancellation)).Value;
            var second = (await domains.RotateAsync(first, newMaster: true, 0, Cancellation)).Value;

            // The grid keeps the second revision; the first is still a Domain of this chain.
            var digest = Hash256.Sha256("message"u8);
            var old = (await domains.SignAsync(first, 0, digest.ToArray(), Cancellation)).Value;
            var current = (await domains.SignAsync(second, 0, digest.ToArray(), Cancellation)).Value;
            Assert.Equal((1u, 2u), (old.Master, current.Master));
            Assert.Equal(RefusalCode.StateConflict, (await client.Trusts.StoreDomainAsync(new DocumentSubmission(first.ToBytes()), Cancellation)).Code());
            Assert.Equal(2UL, (await client.Trusts.StoreDomainAsync(new DocumentSubmission(second.ToBytes()), Cancellation)).Value.Revision);
            Assert.True((await client.Trusts.VerifyDomainAsync(new DocumentSubmission(first.ToBytes()), Cancellation)).Value.Counts);
            Assert.False((await client.Trusts.VerifyDomainAsync(new DocumentSubmission((second with { Seal = first.Seal }).ToBytes()), Cancellation)).Value.Counts);
            Assert.Equal(RefusalCode.DomainInvalid, (await domains.SignAsync(second with { Keys = first.Keys }, 0, digest.ToArray(), Cancellation)).Refusal?.Code ?? RefusalCode.DomainInvalid);
        }
    }

    [Fact]
    public async Task Who_has_no_claim_is_refused_by_enclaves_and_a_retired_Domain_by_the_grid()
    {
        var trust = await fixture.BeginAsync(Cancellation, 1);
        var id = LocalTrusts.NewDomain();
        var (domains, client, identity) = fixture.Client(id);
        var (strangers, stranger, strange) = fixture.Client(LocalTrusts.NewDomain());
        using (identity)
        using (client)
        using (strange)
        using (stranger)
        {
            var domain = (await domains.CreateAsync(id, MasterKeyKind.Ed25519, "", trust.Body.Id, Cancellation)).Value;
            Assert.Equal(RefusalCode.CallDenied, (await strangers.SignAsync(domain, 0, "message"u8.ToArray(), Cancellation)).Code());
            Assert.Equal(RefusalCode.CallDenied, (await strangers.RotateAsync(domain, false, 0, Cancellation)).Code());
            Assert.Equal(RefusalCode.CallDenied, (await strangers.RetireAsync(domain, Cancellation)).Code());
            Assert.True((await domains.RetireAsync(domain, Cancellation)).Value.Retired);
            Assert.True((await domains.RetireAsync(domain, Cancellation)).Value.Retired);
            Assert.Equal(RefusalCode.DomainUse, (await domains.SignAsync(domain, 0, "message"u8.ToArray(), Cancellation)).Code());
            Assert.Equal(RefusalCode.DomainUse, (await domains.RotateAsync(domain, false, 0, Cancellation)).Code());
            Assert.Equal(RefusalCode.DomainUnknown, (await domains.GetAsync(LocalTrusts.NewDomain(), Cancellation)).Code());
        }
    }

    [Fact]
    public async Task Any_node_of_the_Trust_answers_when_others_are_down_or_started_anew()
    {
        var trust = await fixture.BeginAsync(Cancellation, 1, 2, 3);
        var id = LocalTrusts.NewDomain();
        var (domains, client, identity) = fixture.Client(id);
        using (identity)
        using (client)
        {
            var domain = (await domains.CreateAsync(id, MasterKeyKind.Aes256, "", trust.Body.Id, Cancellation)).Value;
            using var fileKey = SecretBytes.Random(FileKeyWrap.KeyLength);
            var header = (await domains.WrapAsync(domain, FileHeader.NewStreamPart(), fileKey, Cancellation)).Value;
            await fixture.Grid.Node(TrustGridFixture.Node(2)).Process.KillAsync();
            for (var i = 0; i < 6; i++)
            {
                (await domains.UnwrapAsync(domain, header, Cancellation)).Value.Dispose();
                Assert.Null((await domains.WrapAsync(domain, FileHeader.NewStreamPart(), fileKey, Cancellation)).Refusal);
            }

            await fixture.Grid.RestartAsync(TrustGridFixture.Node(2), Cancellation);
            for (var i = 0; i < 6; i++) Assert.Null((await domains.WrapAsync(domain, FileHeader.NewStreamPart(), fileKey, Cancellation)).Refusal);
        }
    }

    [Fact]
    public async Task A_grid_that_lies_gets_no_secret_and_passes_off_no_Domain()
    {
        var (trust, elsewhere) = (await fixture.BeginAsync(Cancellation, 1), await fixture.BeginAsync(Cancellation, 2));
        DomainId[] ids = [LocalTrusts.NewDomain(), LocalTrusts.NewDomain()];
        var (domains, client, identity) = fixture.Client(ids);
        using (identity)
        using (client)
        {
            var mine = (await domains.CreateAsync(ids[0], MasterKeyKind.Aes256, "", trust.Body.Id, Cancellation)).Value;
            var other = (await domains.CreateAsync(ids[1], MasterKeyKind.Aes256, "", elsewhere.Body.Id, Cancellation)).Value;
            var door = System.Reflection.DispatchProxy.Create<ITrustGrid, LyingProxy>();
            var liar = (LyingProxy)door;
            liar.Inner = client.Trusts;
            var deceived = new DomainClient(door, identity, new KnownAuthorities(fixture.Grid.Ceremony.Trusted()), TimeProvider.System);

            // Another's Domain under this id; this one with another's Trust; with a seal of another.
            foreach (var (document, code) in new[]
            {
                (other, RefusalCode.DomainInvalid), (mine with { Trust = other.Trust }, RefusalCode.DomainInvalid), (mine with { Seal = other.Seal }, RefusalCode.TrustStranger),
                (mine with { Trust = Trust.Of(mine.Trust.Body).With(mine.Trust.Seal!) }, RefusalCode.TrustQuorum),
            })
            {
                var status = (await client.Trusts.GetDomainAsync(ids[0], Cancellation)).Value;
                liar.Lies[nameof(ITrustGrid.GetDomainAsync)] = () => Task.FromResult<Outcome<DomainStatus>>(status with { Document = document.ToBytes() });
                Assert.Equal(code, (await deceived.GetAsync(ids[0], Cancellation)).Code());
            }

            // A session key of a node that the Trust doesn't name, and one whose signature is another's: nothing is sealed to it.
            using var fileKey = SecretBytes.Random(FileKeyWrap.KeyLength);
            var stranger = (await client.Trusts.GetSessionKeyAsync(TrustGridFixture.Node(2), Cancellation)).Value;
            var own = (await client.Trusts.GetSessionKeyAsync(TrustGridFixture.Node(1), Cancellation)).Value;
            foreach (var (key, code) in new[] { (stranger, RefusalCode.TrustStranger), (own with { Signature = stranger.Signature }, RefusalCode.CallInvalid) })
            {
                liar.Lies[nameof(ITrustGrid.GetSessionKeyAsync)] = () => Task.FromResult<Outcome<SessionKeyStatus>>(key);
                liar.Lies[nameof(ITrustGrid.CallDomainAsync)] = () => throw new InvalidOperationException("a secret left");
                Assert.Equal(code, (await deceived.WrapAsync(mine, FileHeader.NewStreamPart(), fileKey, Cancellation)).Code());
            }
        }
    }

    private static byte[] Bytes(SecretBytes secret)
    {
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return bytes;
    }
}
