using System.Security.Cryptography;

namespace VaultGrid.Enclave.Tests;

/// <summary>Clients use Domains: each kind of master key, on any HSM of the Trust, through rotations and restarts.</summary>
public sealed class DomainUseTests : IAsyncLifetime
{
    private readonly DomainGrid _grid = new();
    private Trust _first = null!;

    public async ValueTask InitializeAsync()
    {
        await _grid.StartAsync();
        _first = await _grid.FirstAsync(1, 2, 3);
        await _grid.LearnAsync(2, _first);
        await _grid.LearnAsync(3, _first);
    }

    public ValueTask DisposeAsync()
    {
        _grid.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_file_key_that_one_HSM_wrapped_another_opens()
    {
        var domain = await _grid.CreateAsync(1, _first);
        Assert.Equal((_grid.Domain, 1UL, 3), (domain.Keys.Id, domain.Keys.Revision, domain.Keys.Tokens.Length));
        var (header, fileKey) = await _grid.EncryptAsync(2, domain);
        foreach (var node in new[] { 1, 2, 3 }) Assert.Equal(fileKey, await _grid.DecryptAsync(node, domain, header));
    }

    [Fact]
    public async Task Wrap_keys_of_both_kinds_serve_in_one_Trust()
    {
        var chain = new TrustId(Guid.NewGuid());
        var body = TrustBody.Create(
            null, chain, [await _grid.EntryAsync(1, chain), await _grid.EntryAsync(2, chain, WrapKeyKind.Rsa3072)], _grid.Operators.Select(one => one.Parsed), 3).Value;
        var trust = await _grid.SealAsync(1, _grid.SignedBy(body, 1, 2, 3));
        await _grid.LearnAsync(2, trust);
        var domain = await _grid.CreateAsync(1, trust);
        var (header, fileKey) = await _grid.EncryptAsync(1, domain);
        Assert.Equal(fileKey, await _grid.DecryptAsync(2, domain, header));
        _grid.Restart(2);
        Assert.Equal(fileKey, await _grid.DecryptAsync(2, domain, header));
    }

    [Theory]
    [InlineData(MasterKeyKind.Ed25519)]
    [InlineData(MasterKeyKind.EcdsaP256)]
    [InlineData(MasterKeyKind.EcdsaSecp256k1)]
    [InlineData(MasterKeyKind.Rsa3072)]
    public async Task A_key_pair_signs_what_its_public_half_verifies(MasterKeyKind kind)
    {
        var domain = await _grid.CreateAsync(1, _first, kind);
        var message = "a statement"u8.ToArray();
        var digest = SHA256.HashData(message);
        var call = _grid.Call(new DomainParameters.Sign(domain.Keys.Hash, 0, kind == MasterKeyKind.Ed25519 ? message : digest));
        var answer = await _grid[2].AskAsync(call.Use(domain));
        Assert.True(Verifies(kind, domain.Keys.Current.Public.Span, message, digest, answer.Result.Span));

        if (kind == MasterKeyKind.Ed25519) return;
        await _grid[2].RefusesAsync(RefusalCode.InputMalformed, _grid.Call(new DomainParameters.Sign(domain.Keys.Hash, 0, message)).Use(domain));
    }

    [Fact]
    public async Task An_RSA_key_pair_decrypts_for_the_caller_alone()
    {
        var domain = await _grid.CreateAsync(1, _first, MasterKeyKind.Rsa3072);
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(domain.Keys.Current.Public.Span, out _);
        var secret = RandomNumberGenerator.GetBytes(100);
        var call = _grid.Call(new DomainParameters.DecryptData(domain.Keys.Hash, 1, rsa.Encrypt(secret, RSAEncryptionPadding.OaepSHA256)));
        var answer = await _grid[3].AskAsync(call.Use(domain));
        Assert.Equal(secret, call.Open(answer.Result.Span));
        Assert.Equal(-1, answer.Result.Span.IndexOf(secret));
        await _grid[3].RefusesAsync(RefusalCode.InputMalformed, _grid.Call(new DomainParameters.DecryptData(domain.Keys.Hash, 1, new byte[384])).Use(domain));
    }

    [Fact]
    public async Task A_Domain_serves_for_nothing_but_what_it_is()
    {
        var aes = await _grid.CreateAsync(1, _first);
        var pair = await _grid.CreateAsync(1, _first, MasterKeyKind.EcdsaP256, id: _grid.Other);
        await _grid[1].RefusesAsync(RefusalCode.DomainUse, _grid.Call(new DomainParameters.Sign(aes.Keys.Hash, 0, new byte[32])).Use(aes));
        await _grid[1].RefusesAsync(RefusalCode.DomainUse, _grid.Call(new DomainParameters.DecryptData(aes.Keys.Hash, 0, new byte[384])).Use(aes));
        await _grid[1].RefusesAsync(RefusalCode.DomainUse, _grid.Call(new DomainParameters.DecryptData(pair.Keys.Hash, 0, new byte[384]), _grid.Other).Use(pair));
        await _grid[1].RefusesAsync(RefusalCode.DomainUse, _grid.Call(new DomainParameters.Sign(pair.Keys.Hash, 2, new byte[32]), _grid.Other).Use(pair));
        using var fileKey = SecretBytes.Random(32);
        await _grid[1].RefusesAsync(RefusalCode.DomainUse, (await _grid.EncryptingAsync(1, pair, fileKey, FileHeader.NewStreamPart())).Use(pair));
    }

    [Fact]
    public async Task The_document_is_asked_for_once_and_the_same_call_may_be_repeated_with_it()
    {
        var domain = await _grid.CreateAsync(1, _first);
        var (header, fileKey) = await _grid.EncryptAsync(1, domain);
        var call = _grid.Decrypting(domain, header);
        await _grid[2].RefusesAsync(RefusalCode.DomainUnknown, call.Use(null));
        Assert.Equal(fileKey, call.Open((await _grid[2].AskAsync(call.Use(domain))).Result.Span));

        // From then on it needn't come along.
        var again = _grid.Decrypting(domain, header);
        Assert.Equal(fileKey, again.Open((await _grid[2].AskAsync(again.Use(null))).Result.Span));
    }

    [Fact]
    public async Task A_rotation_keeps_data_readable_and_a_new_master_key_serves_new_data()
    {
        var domain = await _grid.CreateAsync(1, _first);
        var (header, fileKey) = await _grid.EncryptAsync(1, domain);
        var second = await _grid.NextAsync(_first, sealer: 1, 1, 2);

        // The caller names the newest Trust; whoever missed it says so, and the same call goes through when it has caught up.
        var rotate = _grid.Call(new DomainParameters.Rotate(domain.Keys.Hash, second.Hash, NewMaster: true, 0));
        await _grid[2].RefusesAsync(RefusalCode.TrustUnknown, rotate.Rotate(domain));
        await _grid.LearnAsync(2, second);
        var rotated = _grid.Keys(await _grid[2].AskAsync(rotate.Rotate(domain))).Under(second);
        Assert.Equal((2UL, 2, 2), (rotated.Keys.Revision, rotated.Keys.Tokens.Length, rotated.Keys.Masters.Length));
        Assert.Null(DomainRules.CheckSuccession(domain.Keys, rotated.Keys).Refusal);

        foreach (var node in new[] { 1, 2 })
        {
            Assert.Equal(fileKey, await _grid.DecryptAsync(node, rotated, header));
            Assert.Equal(fileKey, await _grid.DecryptAsync(node, domain, header));
        }

        var (newer, newKey) = await _grid.EncryptAsync(1, rotated);
        Assert.Equal(2U, newer.MasterVersion);
        Assert.Equal(newKey, await _grid.DecryptAsync(2, rotated, newer));
        Assert.Equal(RefusalCode.DomainUse, (await _grid[2].TryAsync(_grid.Decrypting(domain, newer).Use(domain))).Refusal?.Code);

        // The first Trust is superseded now, for new Domains and rotations.
        var old = _grid.Call(new DomainParameters.Rotate(domain.Keys.Hash, _first.Hash, false, 0));
        await _grid[1].RefusesAsync(RefusalCode.TrustSuperseded, old.Rotate(domain));
        await _grid[1].RefusesAsync(RefusalCode.TrustSuperseded, _grid.Call(new DomainParameters.Create(MasterKeyKind.Aes256, "", _first.Hash, _first.Hash), _grid.Other).Create());
        var dropped = _grid.Call(new DomainParameters.Rotate(rotated.Keys.Hash, second.Hash, false, 2));
        Assert.Equal(2U, Assert.Single(_grid.Keys(await _grid[1].AskAsync(dropped.Rotate(rotated))).Keys.Masters).Version);
    }

    [Fact]
    public async Task After_a_restart_an_enclave_goes_on_with_what_it_verified_once_documents_are_at_hand()
    {
        var domain = await _grid.CreateAsync(1, _first);
        var (header, fileKey) = await _grid.EncryptAsync(1, domain);
        var second = await _grid.NextAsync(_first, sealer: 1, 1, 2);
        await _grid.LearnAsync(2, second);
        _grid.Restart(2);

        var call = _grid.Decrypting(domain, header);
        await _grid[2].RefusesAsync(RefusalCode.TrustUnknown, call.Use(domain));
        await _grid.LearnAsync(2, second);
        _grid.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(fileKey, await _grid.DecryptAsync(2, domain, header));
    }

    [Fact]
    public async Task Many_Domains_are_re_wrapped_in_one_call_each_judged_by_itself()
    {
        var one = await _grid.CreateAsync(1, _first);
        var two = await _grid.CreateAsync(2, _first, MasterKeyKind.Ed25519, id: _grid.Other);
        var (header, fileKey) = await _grid.EncryptAsync(1, one);
        var second = await _grid.NextAsync(_first, sealer: 1, 1, 2);
        var current = await _grid.CreateAsync(1, second, first: _first.Hash);
        var batch = new[] { one, two, current }.Select(SealedKeys.Of).ToList();
        var torn = SealedKeys.Of(one) with { Keys = two.Keys };

        var call = new RewrapDomainsCall(_grid.Chain, second.Hash, [.. batch.Append(torn).Select(keys => (ReadOnlyMemory<byte>)keys.ToBytes()), new byte[] { 1, 2 }]);
        await _grid[2].RefusesAsync(RefusalCode.TrustUnknown, call);
        await _grid.LearnAsync(2, second);
        var results = await _grid[2].AskAsync(call);

        Assert.Equal([RefusalCode.StateConflict, RefusalCode.DomainInvalid, RefusalCode.DomainMalformed], results.OfType<RewrappedDomain.Refused>().Select(refused => refused.Refusal.Code));
        var next = results.OfType<RewrappedDomain.Next>().Select(done => _grid.Keys(done.Keys).Under(second)).ToList();
        Assert.Equal([one.Keys.Id, two.Keys.Id], next.Select(domain => domain.Keys.Id));
        Assert.All(next, domain => Assert.Equal((2UL, second.Hash), (domain.Keys.Revision, domain.Keys.Trust)));
        Assert.Equal(fileKey, await _grid.DecryptAsync(1, next[0], header));

        await _grid[2].RefusesAsync(RefusalCode.TrustSuperseded, call with { Trust = _first.Hash });
        await _grid.LearnAsync(3, second);
        await _grid[3].RefusesAsync(RefusalCode.TrustSuperseded, call);
    }

    [Fact]
    public async Task A_batch_that_takes_too_long_is_answered_as_far_as_it_came()
    {
        var domain = SealedKeys.Of(await _grid.CreateAsync(1, _first)).ToBytes();
        var second = await _grid.NextAsync(_first, sealer: 1, 1, 2);
        var call = new RewrapDomainsCall(_grid.Chain, second.Hash, [.. Enumerable.Repeat((ReadOnlyMemory<byte>)domain, 20)]);
        _grid.Host.Step = TimeSpan.FromMilliseconds(300);
        var results = await _grid[1].AskAsync(call);
        _grid.Host.Step = TimeSpan.Zero;

        var done = results.TakeWhile(one => one is RewrappedDomain.Next).Count();
        Assert.InRange(done, 1, 19);
        Assert.All(results.Skip(done), one => Assert.Equal(RefusalCode.EnclaveBusy, Assert.IsType<RewrappedDomain.Refused>(one).Refusal.Code));
        Assert.All(await _grid[1].AskAsync(call), one => Assert.IsType<RewrappedDomain.Next>(one));
    }

    [Fact]
    public async Task An_HSM_that_joined_the_Trust_opens_what_was_re_wrapped_for_it()
    {
        var chain = new TrustId(Guid.NewGuid());
        var first = await _grid.SealAsync(1, _grid.SignedBy(await _grid.BodyAsync(null, [1, 2], chain: chain), 1, 2, 3));
        var domain = await _grid.CreateAsync(1, first);
        var (header, fileKey) = await _grid.EncryptAsync(1, domain);
        var second = await _grid.SealAsync(1, _grid.SignedBy(await _grid.BodyAsync(first.Body, [1, 2, 3], chain: chain), 1, 2, 3));
        await _grid.LearnAsync(3, first, second);

        Assert.Equal(RefusalCode.DomainForeign, (await _grid[3].TryAsync(_grid.Decrypting(domain, header).Use(domain))).Refusal?.Code);
        var batch = new RewrapDomainsCall(chain, second.Hash, [SealedKeys.Of(domain).ToBytes()]);
        Assert.Equal(RefusalCode.DomainForeign, Assert.IsType<RewrappedDomain.Refused>(Assert.Single(await _grid[3].AskAsync(batch))).Refusal.Code);
        var next = _grid.Keys(Assert.IsType<RewrappedDomain.Next>(Assert.Single(await _grid[1].AskAsync(batch))).Keys).Under(second);
        Assert.Equal(fileKey, await _grid.DecryptAsync(3, next, header));
    }

    [Fact]
    public async Task A_Domain_counts_for_whoever_verifies_it_with_or_without_a_part_in_its_chain()
    {
        var chain = new TrustId(Guid.NewGuid());
        var first = await _grid.SealAsync(1, _grid.SignedBy(await _grid.BodyAsync(null, [1, 2], chain: chain), 1, 2, 3));
        var second = await _grid.SealAsync(1, _grid.SignedBy(await _grid.BodyAsync(first.Body, [1, 2], chain: chain), 1, 2, 3));
        var domain = await _grid.CreateAsync(1, second, first: first.Hash);
        Assert.Equal(2UL, (await _grid[1].AskAsync(new VerifyDomainCall(domain.ToBytes(), []))).Number);
        Assert.Equal(2UL, (await _grid[2].AskAsync(new VerifyDomainCall(domain.ToBytes(), [first.ToBytes()]))).Number);
        var elsewhere = await _grid[3].AskAsync(new VerifyDomainCall(domain.ToBytes(), [first.ToBytes()]));
        Assert.Equal((second.Hash, null, false), (elsewhere.Newest!.Value, elsewhere.WrapKey, elsewhere.IsNamed));
        await _grid[3].RefusesAsync(RefusalCode.TrustUnknown, new VerifyDomainCall(domain.ToBytes(), []));
        await _grid[3].RefusesAsync(RefusalCode.DomainInvalid, new VerifyDomainCall((domain with { Seal = domain.Seal with { Time = domain.Seal.Time.AddSeconds(1) } }).ToBytes(), [first.ToBytes()]));
    }

    private static bool Verifies(MasterKeyKind kind, ReadOnlySpan<byte> publicHalf, byte[] message, byte[] digest, ReadOnlySpan<byte> signature)
    {
        switch (kind)
        {
            case MasterKeyKind.Ed25519:
                return Ed25519.Verify(publicHalf, message, signature);
            case MasterKeyKind.EcdsaP256:
                return P256PublicKey.Parse(publicHalf).Value.Verify(message, signature);
            case MasterKeyKind.EcdsaSecp256k1:
                var key = PublicKey.Parse(publicHalf).Value;
                var given = EcdsaSignature.FromCompact(signature[..64], signature[64]).Value;
                return given.IsLowS && key.Verify(digest, given) && given.Recover(digest).Value.Equals(key);
            default:
                using (var rsa = RSA.Create())
                {
                    rsa.ImportSubjectPublicKeyInfo(publicHalf, out _);
                    return rsa.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
                }
        }
    }
}
