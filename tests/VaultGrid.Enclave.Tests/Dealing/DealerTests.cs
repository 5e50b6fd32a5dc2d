using System.Security.Cryptography;
using VaultGrid.Dealing;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>The dealer's program against real enclaves: what it wraps is imported and signs, and what it should refuse it refuses.</summary>
public sealed class DealerTests : IAsyncLifetime
{
    private static readonly RandomNumberGenerator Random = RandomNumberGenerator.Create();
    private static readonly KeyId Shared = KeyId.Parse("shared");

    private readonly ThresholdGrid _grid = new(clusters: 3);

    private TrustedAuthorities Authorities =>
        TrustedAuthorities.Pin(_grid.Grid.Root.Der).Then(pinned => AuthorityBundle.Parse(_grid.Grid.Bundle()).Then(bundle => pinned.TryAdd(bundle, _grid.Grid.Now))).Value;

    private KeyPolicy Policy => TestGrid.Policy(Shared, 2, _grid.Grid.Admins, null, "m", "m/44/60/*/0/*");

    public async ValueTask InitializeAsync() => await _grid.StartAsync();

    public ValueTask DisposeAsync() => _grid.DisposeAsync();

    [Fact]
    public async Task A_key_that_exists_keeps_its_public_key_and_signs_from_two_of_three_clusters()
    {
        using var key = PrivateKey.Generate();
        var steps = new List<DealStep>();
        var dealt = DealCeremony.Shard(await OrderAsync(), key, default, Random, steps.Add).Value;
        var deal = await ImportAsync(dealt);

        var request = _grid.Grid.Approved(Sign(deal, "m"));
        var session = await TestSession.PlanAsync(_grid, deal, ["1/1", "3/1"], request);
        var signed = await session.SignAsync();
        Assert.NotNull(signed);
        var result = EcdsaSignature.FromCompact(signed.Value.Span[..64]).Value;
        Assert.True(key.PublicKey.Verify(((SigningSubject.Digest)Sign(deal, "m").Subject).Value.AsSpan(), result));

        Assert.Equal(key.PublicKey, dealt.Statement.PublicKey);
        Assert.Equal(new DealStep.PrimesFound(3072), steps.Single(step => step is DealStep.PrimesFound));
        Assert.Equal(["1/1", "2/1", "3/1"], steps.OfType<DealStep.Wrapped>().Select(step => step.Node.ToString()));
        Assert.IsType<DealStep.Forgotten>(steps[^1]);
    }

    [Fact]
    public async Task A_manifest_shows_what_was_dealt_and_whose_wrap_keys_it_names()
    {
        var order = await OrderAsync() with { Modulus = PaillierModulusSize.UnsafeBits2048 };
        var dealt = DealCeremony.Deal(order, Random).Value;
        var check = ManifestCheck.Check(dealt.Package.Manifest.Span, [order.Recipients[1]]).Value;
        Assert.True(check.IsShort);
        Assert.Equal([false, true, false], check.Recipients.Select(recipient => recipient.Shown));
        Assert.Equal(dealt.Package.ToBytes(), DealPackage.Parse(dealt.Package.ToBytes()).Value.ToBytes());

        // A wrap key of the same node, but another one than the dealer was given.
        using var store = new TestStore(_grid.Time);
        var anew = store.Start(_grid.Grid, "2/1");
        await anew.JoinClusterAsync(TestGrid.Membership([1], cluster: 2));
        var other = VerifiedWrapKey.Verify(await anew.AskAsync(new WrapKeyCall(Shared)), Shared, Authorities, _grid.Grid.Now).Value;
        Assert.Equal(RefusalCode.NodeForeign, ManifestCheck.Check(dealt.Package.Manifest.Span, [other]).Refusal?.Code);

        // Any byte of the statement: a proof, a point or the encoding breaks.
        for (var at = 60; at < dealt.Package.Manifest.Length - 200; at += 37)
        {
            var harmed = dealt.Package.Manifest.ToArray();
            harmed[at] ^= 1;
            Assert.NotNull(ManifestCheck.Check(harmed, []).Refusal);
        }

        // No enclave takes a short modulus, whatever was approved.
        var deal = TestDeal.Of(_grid.Grid, order.FirstPolicy, dealt);
        await _grid.First(1).RefusesAsync(RefusalCode.InputMalformed, deal.Import(new ClusterId(1)));
    }

    [Fact]
    public async Task A_wrap_key_that_does_not_count_is_refused()
    {
        var said = await _grid.First(1).AskAsync(new WrapKeyCall(Shared));
        Assert.Equal(Shared, VerifiedWrapKey.Verify(said, Shared, Authorities, _grid.Grid.Now).Value.Statement.KeyId);
        Assert.Equal(RefusalCode.KeyForeign, VerifiedWrapKey.Verify(said, KeyId.Parse("other"), Authorities, _grid.Grid.Now).Refusal?.Code);

        var other = await _grid.First(2).AskAsync(new WrapKeyCall(Shared));
        Assert.Equal(RefusalCode.NodeForeign, VerifiedWrapKey.Verify(said with { Certificate = other.Certificate }, Shared, Authorities, _grid.Grid.Now).Refusal?.Code);
        Assert.Equal(RefusalCode.CertificateKey, VerifiedWrapKey.Verify(said with { Signature = other.Signature }, Shared, Authorities, _grid.Grid.Now).Refusal?.Code);
        Assert.Equal(RefusalCode.CertificateRole, VerifiedWrapKey.Verify(said with { Certificate = _grid.Grid.Admins[0].Der }, Shared, Authorities, _grid.Grid.Now).Refusal?.Code);

        var stranger = new TestGrid(_grid.Grid.Start) { Now = _grid.Grid.Now };
        var foreign = TrustedAuthorities.Pin(stranger.Root.Der).Then(pinned => AuthorityBundle.Parse(stranger.Bundle()).Then(bundle => pinned.TryAdd(bundle, _grid.Grid.Now))).Value;
        Assert.Equal(RefusalCode.CertificateUntrusted, VerifiedWrapKey.Verify(said, Shared, foreign, _grid.Grid.Now).Refusal?.Code);
    }

    [Fact]
    public void A_wrap_key_file_is_read_as_it_was_written_and_in_no_other_way()
    {
        var said = new SignedStatement(new byte[] { 1, 2 }, new byte[] { 3 }, new byte[] { 4, 5 });
        var text = WrapKeyFile.ToText(said);
        var read = WrapKeyFile.Parse(System.Text.Encoding.UTF8.GetBytes(text)).Value;
        Assert.Equal([said.Statement.ToArray(), said.Certificate.ToArray(), said.Signature.ToArray()], new[] { read.Statement.ToArray(), read.Certificate.ToArray(), read.Signature.ToArray() });
        foreach (var wrong in (string[])["", "[]", "{", text.Replace("\"v\": 1", "\"v\": 2", StringComparison.Ordinal), text.Replace("0x0102", "0x01Z2", StringComparison.Ordinal), text.Replace("\"v\": 1", "\"v\": 1, \"x\": 1", StringComparison.Ordinal)])
            Assert.Equal(RefusalCode.InputMalformed, WrapKeyFile.Parse(System.Text.Encoding.UTF8.GetBytes(wrong)).Refusal?.Code);
        Assert.Equal(RefusalCode.InputTooLarge, WrapKeyFile.Parse(new byte[WrapKeyFile.Limit + 1]).Refusal?.Code);
    }

    [Fact]
    public async Task An_order_that_can_not_be_filled_is_refused_before_primes_are_searched()
    {
        var order = await OrderAsync();
        var steps = new List<DealStep>();
        Assert.Equal(RefusalCode.InputUnsupported, DealCeremony.Deal(order with { Threshold = 4 }, Random, steps.Add).Refusal?.Code);
        Assert.Equal(RefusalCode.InputUnsupported, DealCeremony.Deal(order with { Threshold = 1 }, Random, steps.Add).Refusal?.Code);
        Assert.Equal(RefusalCode.InputUnsupported, DealCeremony.Deal(order with { FirstPolicy = _grid.Grid.KeyPolicy("shared") }, Random, steps.Add).Refusal?.Code);
        Assert.Equal(RefusalCode.KeyForeign, DealCeremony.Deal(order with { FirstPolicy = Policy with { KeyId = KeyId.Parse("other") } }, Random, steps.Add).Refusal?.Code);
        Assert.Equal(RefusalCode.InputUnsupported, DealCeremony.Deal(order with { Recipients = [order.Recipients[1], order.Recipients[0]] }, Random, steps.Add).Refusal?.Code);
        using var key = PrivateKey.Generate();
        Assert.Equal(RefusalCode.InputMalformed, DealCeremony.Shard(order, key, new byte[31], Random, steps.Add).Refusal?.Code);
        Assert.Empty(steps);
    }

    [Fact]
    public async Task A_ceremony_that_is_given_up_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        var order = await OrderAsync();
        Assert.ThrowsAny<OperationCanceledException>(() => DealCeremony.Deal(order, Random, _ => stop.Cancel(), stop.Token));
    }

    [Fact]
    public void Keys_are_imported_raw_and_from_PKCS8_and_the_buffer_is_wiped()
    {
        using var platform = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10"));
        var scalar = platform.ExportParameters(true).D!;
        using var known = PrivateKey.Take((byte[])scalar.Clone()).Value;

        Check(scalar.ToArray(), null);
        Check(System.Text.Encoding.ASCII.GetBytes(platform.ExportPkcs8PrivateKeyPem()), null);
        var encrypted = platform.ExportEncryptedPkcs8PrivateKeyPem("pass"u8, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2000));
        Check(System.Text.Encoding.ASCII.GetBytes(encrypted), "pass");
        Assert.Equal(RefusalCode.StoreSealed, Take(System.Text.Encoding.ASCII.GetBytes(encrypted), "wrong").Refusal?.Code);
        Assert.Equal(RefusalCode.StoreSealed, Take(System.Text.Encoding.ASCII.GetBytes(encrypted), null).Refusal?.Code);

        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(RefusalCode.InputMalformed, Take(System.Text.Encoding.ASCII.GetBytes(foreign.ExportPkcs8PrivateKeyPem()), null).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, Take(new byte[32], null).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, Take(new byte[33], null).Refusal?.Code);

        void Check(byte[] file, string? passphrase)
        {
            using var key = Take(file, passphrase).Value;
            Assert.Equal(known.PublicKey, key.PublicKey);
            Assert.All(file, value => Assert.Equal(0, value));
        }
    }

    private static Outcome<PrivateKey> Take(byte[] file, string? passphrase)
    {
        using var secret = passphrase is null ? null : SecretBytes.Take(System.Text.Encoding.UTF8.GetBytes(passphrase));
        return ExistingKey.Take(file, secret);
    }

    private SignRequest Sign(TestDeal deal, string path) => _grid.Grid.Sign(deal.Key, deal.Policy) with
    {
        Clusters = ClusterSet.Of(1, 2, 3), Path = DerivationPath.Parse(path).Value, Subject = new SigningSubject.Digest(Hash256.Sha256("imported"u8)),
    };

    private async Task<DealOrder> OrderAsync()
    {
        var recipients = new List<VerifiedWrapKey>();
        foreach (var cluster in Enumerable.Range(1, 3))
            recipients.Add(VerifiedWrapKey.Verify(await _grid.First(cluster).AskAsync(new WrapKeyCall(Shared)), Shared, Authorities, _grid.Grid.Now).Value);
        return new DealOrder { FirstPolicy = Policy, Threshold = 2, Recipients = recipients };
    }

    private async Task<TestDeal> ImportAsync(DealtKey dealt)
    {
        var deal = TestDeal.Of(_grid.Grid, Policy, dealt);
        foreach (var cluster in Enumerable.Range(1, 3))
        {
            var created = Assert.IsType<Performed.KeyCreated>(await _grid.First(cluster).AskAsync(deal.Import(new ClusterId((uint)cluster))));
            Assert.Equal(dealt.KeyIn(RequestDocument.Of(deal.Request)), BirthRecord.Parse(created.Evidence.Birth.Document.Span).Value.Hash());
        }

        return deal;
    }
}
