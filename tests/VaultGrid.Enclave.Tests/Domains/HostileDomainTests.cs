using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>What relays, silos, strangers and removed HSMs try with Domains and calls.</summary>
public sealed class HostileDomainTests : IAsyncLifetime
{
    private readonly DomainGrid _grid = new();
    private Trust _first = null!;
    private Domain _domain = null!;
    private FileHeader _header = null!;
    private byte[] _fileKey = null!;

    public async ValueTask InitializeAsync()
    {
        await _grid.StartAsync();
        _first = await _grid.FirstAsync(1, 2, 3);
        await _grid.LearnAsync(2, _first);
        await _grid.LearnAsync(3, _first);
        _domain = await _grid.CreateAsync(1, _first);
        (_header, _fileKey) = await _grid.EncryptAsync(1, _domain);
    }

    public ValueTask DisposeAsync()
    {
        _grid.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_call_is_answered_once()
    {
        var call = _grid.Decrypting(_domain, _header);
        Assert.Equal(_fileKey, call.Open((await _grid[1].AskAsync(call.Use(_domain))).Result.Span));
        await _grid[1].RefusesAsync(RefusalCode.CallReplayed, call.Use(_domain));

        // Nor after a restart, which forgets what was answered.
        _grid.Time.Advance(TimeSpan.FromSeconds(1));
        _grid.Restart(1);
        await _grid[1].RefusesAsync(RefusalCode.EnclaveBusy, call.Use(_domain));
        Assert.Equal(_fileKey, await _grid.DecryptAsync(1, _domain, _header));
    }

    [Fact]
    public async Task A_call_that_was_refused_after_its_admission_is_used_up()
    {
        var call = _grid.Call(new DomainParameters.Sign(_domain.Keys.Hash, 0, new byte[32]));
        await _grid[1].RefusesAsync(RefusalCode.DomainUse, call.Use(_domain));
        await _grid[1].RefusesAsync(RefusalCode.CallReplayed, call.Use(_domain));
    }

    [Fact]
    public async Task A_call_that_expired_or_lives_too_long_or_is_for_another_cluster_is_refused()
    {
        var parameters = new DomainParameters.DecryptFile(_domain.Keys.Hash, _header.Bytes);
        var now = _grid.Time.GetUtcNow();
        await _grid[1].RefusesAsync(RefusalCode.CallExpired, _grid.Call(parameters, expires: now.AddSeconds(-1)).Use(_domain));
        await _grid[1].RefusesAsync(RefusalCode.CallExpired, _grid.Call(parameters, expires: now.AddSeconds(301)).Use(_domain));
        var call = _grid.Call(parameters);
        await _grid[1].RefusesAsync(RefusalCode.CallInvalid, (call with { Parameters = new DomainParameters.DecryptFile(_domain.Keys.Hash, new byte[150]).ToBytes() }).Use(_domain));
        _grid.Time.Advance(TimeSpan.FromMinutes(6));
        await _grid[1].RefusesAsync(RefusalCode.CallExpired, call.Use(_domain));
    }

    [Fact]
    public async Task Claims_decide_and_their_revocation_takes_them_back()
    {
        var reader = _grid.ClientFor("reader", new DomainClaim(_grid.Domain, DomainOperations.Decrypt));
        var elsewhere = _grid.ClientFor("elsewhere", new DomainClaim(_grid.Other, DomainOperations.All));
        var nobody = _grid.ClientFor("nobody");
        var decrypt = new DomainParameters.DecryptFile(_domain.Keys.Hash, _header.Bytes);
        using var fileKey = SecretBytes.Random(32);

        Assert.Equal(1U, (await _grid[1].AskAsync(_grid.Call(decrypt, client: reader).Use(_domain))).Master);
        await _grid[1].RefusesAsync(RefusalCode.CallDenied, _grid.Call(decrypt, client: elsewhere).Use(_domain));
        await _grid[1].RefusesAsync(RefusalCode.CallDenied, _grid.Call(decrypt, client: nobody).Use(_domain));
        await _grid[1].RefusesAsync(RefusalCode.CallDenied, (await _grid.EncryptingAsync(1, _domain, fileKey, FileHeader.NewStreamPart(), reader)).Use(_domain));
        await _grid[1].RefusesAsync(RefusalCode.CallDenied, _grid.Call(new DomainParameters.Rotate(_domain.Keys.Hash, _first.Hash, false, 0), client: reader).Rotate(_domain));
        await _grid[1].RefusesAsync(RefusalCode.CallDenied, _grid.Call(new DomainParameters.Create(MasterKeyKind.Aes256, "", _first.Hash, _first.Hash), client: reader).Create());
        await _grid[1].RefusesAsync(RefusalCode.CertificateRole, _grid.Call(decrypt, client: _grid.Grid.Admins[0]).Use(_domain));
        await _grid[1].RefusesAsync(RefusalCode.CertificateRole, _grid.Call(decrypt, client: _grid.Operators[0]).Use(_domain));

        // A claim to one Domain opens no other: the target decides, and the keys must be of it.
        await _grid[1].RefusesAsync(RefusalCode.DomainInvalid, _grid.Call(decrypt, _grid.Other, elsewhere).Use(_domain));

        var list = _grid.Grid.RelayCa.List(2, _grid.Grid.Start.AddHours(1), (reader.Serial, _grid.Grid.Start.AddHours(1)));
        await _grid[1].AskAsync(new AddAuthoritiesCall(_grid.Grid.Bundle(list)));
        await _grid[1].RefusesAsync(RefusalCode.CertificateRevoked, _grid.Call(decrypt, client: reader).Use(_domain));
        Assert.Equal(_fileKey, await _grid.DecryptAsync(1, _domain, _header));
    }

    [Fact]
    public async Task A_secret_is_for_one_enclave_and_one_call()
    {
        using var fileKey = SecretBytes.Random(32);
        var part = FileHeader.NewStreamPart();
        var forTwo = await _grid.EncryptingAsync(2, _domain, fileKey, part);
        await _grid[1].RefusesAsync(RefusalCode.CallInvalid, forTwo.Use(_domain));

        // The box in a call of somebody else, or in another call of the same client.
        var sealedFor = (DomainParameters.Encrypt)DomainParameters.Parse((await _grid.EncryptingAsync(1, _domain, fileKey, part)).Parameters).Value;
        var thief = _grid.ClientFor("thief", new DomainClaim(_grid.Domain, DomainOperations.All));
        await _grid[1].RefusesAsync(RefusalCode.CallInvalid, _grid.Call(sealedFor, client: thief).Use(_domain));
        await _grid[1].RefusesAsync(RefusalCode.CallInvalid, _grid.Call(sealedFor).Use(_domain));

        // And nobody is fooled into sealing to an enclave that the Trust doesn't name.
        var said = await _grid[3].AskAsync(new SessionKeyCall());
        var two = TrustBody.Create(null, _grid.Chain, _first.Body.Hsms.Take(2), _first.Body.Operators, 3).Value;
        var now = _grid.Time.GetUtcNow();
        Assert.Equal(RefusalCode.TrustStranger, SessionKeyOffer.Check(said.Statement.Span, said.Certificate.Span, said.Signature.Span, two, now).Refusal?.Code);
        var other = await _grid[2].AskAsync(new SessionKeyCall());
        Assert.Equal(RefusalCode.CallInvalid, SessionKeyOffer.Check(said.Statement.Span, other.Certificate.Span, said.Signature.Span, two, now).Refusal?.Code);
        Assert.Equal(RefusalCode.CallExpired, SessionKeyOffer.Check(other.Statement.Span, other.Certificate.Span, other.Signature.Span, two, now.AddHours(2)).Refusal?.Code);
    }

    [Fact]
    public async Task A_Domain_that_is_put_together_from_two_is_none()
    {
        var other = await _grid.CreateAsync(1, _first, id: _grid.Other);

        // Keys that were verified before are known by their hash, whatever seal comes with them now: so a verifier is asked.
        await _grid[1].RefusesAsync(RefusalCode.DomainInvalid, new VerifyDomainCall((_domain with { Seal = other.Seal }).ToBytes(), []));
        await RefusesAsync(RefusalCode.DomainInvalid, _domain with { Keys = Made(_domain.Keys.Terms, other.Keys.Masters, _domain.Keys.Tokens) });
        await RefusesAsync(RefusalCode.DomainInvalid, _domain with { Keys = Made(_domain.Keys.Terms, _domain.Keys.Masters, other.Keys.Tokens) });

        // One token of another Domain, or two tokens swapped.
        await RefusesAsync(RefusalCode.DomainInvalid, _domain with { Keys = Made(_domain.Keys.Terms, _domain.Keys.Masters, _domain.Keys.Tokens.SetItem(0, other.Keys.Tokens[0])) });
        var (a, b) = (_domain.Keys.Tokens[0], _domain.Keys.Tokens[1]);
        await RefusesAsync(RefusalCode.DomainForeign, _domain with { Keys = Made(_domain.Keys.Terms, _domain.Keys.Masters, _domain.Keys.Tokens.SetItem(0, b).SetItem(1, a)) });
        await RefusesAsync(
            RefusalCode.DomainInvalid, _domain with { Keys = Made(_domain.Keys.Terms, _domain.Keys.Masters, _domain.Keys.Tokens.SetItem(0, a with { Bytes = b.Bytes }).SetItem(1, b with { Bytes = a.Bytes })) });

        // Under another Trust: of this chain, or of none.
        var second = await _grid.NextAsync(_first, sealer: 1, 1, 2);
        await _grid[1].RefusesAsync(RefusalCode.DomainInvalid, new VerifyDomainCall((_domain with { Trust = second }).ToBytes(), []));
        await RefusesAsync(RefusalCode.DomainInvalid, _domain with { Keys = Made(_domain.Keys.Terms with { First = second.Hash }, _domain.Keys.Masters, _domain.Keys.Tokens) });
        Assert.Equal(_fileKey, await _grid.DecryptAsync(1, _domain, _header));
    }

    [Fact]
    public async Task A_Domain_with_tokens_for_an_HSM_that_its_Trust_does_not_name_is_refused()
    {
        using var mine = Crypto.WrapKey.Generate(WrapKeyKind.P256);
        var stranger = new DomainToken(mine.Public.Hash, _domain.Keys.Tokens[0].Bytes);
        await RefusesAsync(RefusalCode.DomainForeign, _domain with { Keys = Made(_domain.Keys.Terms, _domain.Keys.Masters, _domain.Keys.Tokens.Add(stranger)) });
        await RefusesAsync(RefusalCode.DomainForeign, _domain with { Keys = Made(_domain.Keys.Terms, _domain.Keys.Masters, _domain.Keys.Tokens.RemoveAt(2)) });
        await RefusesAsync(RefusalCode.DomainForeign, _domain with { Keys = Made(_domain.Keys.Terms, _domain.Keys.Masters, _domain.Keys.Tokens.SetItem(1, stranger)) });
    }

    [Fact]
    public async Task Another_revision_can_not_be_put_in_the_place_of_the_one_that_the_caller_means()
    {
        var rotate = _grid.Call(new DomainParameters.Rotate(_domain.Keys.Hash, _first.Hash, NewMaster: true, 0));
        var rotated = _grid.Keys(await _grid[1].AskAsync(rotate.Rotate(_domain))).Under(_first);
        using var fileKey = SecretBytes.Random(32);
        var call = await _grid.EncryptingAsync(2, rotated, fileKey, FileHeader.NewStreamPart());
        await _grid[2].RefusesAsync(RefusalCode.DomainInvalid, call.Use(_domain));
        Assert.Equal(2U, (await _grid[2].AskAsync(call.Use(rotated))).Master);
    }

    [Fact]
    public async Task A_removed_HSM_serves_no_more_once_it_knows()
    {
        var second = await _grid.NextAsync(_first, sealer: 1, 1, 2);
        Assert.Equal(_fileKey, await _grid.DecryptAsync(3, _domain, _header));
        await _grid.LearnAsync(3, second);
        await _grid[3].RefusesAsync(RefusalCode.TrustSuperseded, _grid.Decrypting(_domain, _header).Use(_domain));
        await _grid[3].RefusesAsync(RefusalCode.TrustSuperseded, _grid.Call(new DomainParameters.Rotate(_domain.Keys.Hash, second.Hash, false, 0)).Rotate(_domain));
        await _grid[3].RefusesAsync(RefusalCode.TrustStranger, _grid.Call(new DomainParameters.Create(MasterKeyKind.Aes256, "", _first.Hash, second.Hash)).Create());
    }

    [Fact]
    public async Task A_removed_HSM_learns_of_it_from_any_Domain_of_the_newer_Trust()
    {
        var second = await _grid.NextAsync(_first, sealer: 1, 1, 2);
        var rotated = _grid.Keys(await _grid[1].AskAsync(_grid.Call(new DomainParameters.Rotate(_domain.Keys.Hash, second.Hash, false, 0)).Rotate(_domain))).Under(second);
        Assert.Equal(RefusalCode.TrustSuperseded, (await _grid[3].TryAsync(_grid.Decrypting(rotated, _header).Use(rotated))).Refusal?.Code);
        Assert.False(Assert.Single(await _grid[3].AskAsync(new ChainsCall())).IsNamed);
        await _grid[3].RefusesAsync(RefusalCode.TrustSuperseded, _grid.Decrypting(_domain, _header).Use(_domain));
    }

    [Fact]
    public async Task Behind_a_fork_no_Domain_counts_and_those_before_it_go_on()
    {
        var one = await _grid.NextAsync(_first, sealer: 1, 1, 2, 3);
        var other = await _grid.SealAsync(2, _grid.SignedBy(await _grid.BodyAsync(_first.Body, [1, 2]), 1, 2, 3));
        var under = await _grid.CreateAsync(1, one, id: _grid.Other, first: _first.Hash);
        await _grid[1].AskAsync(new VerifyDomainCall(under.ToBytes(), []));
        var sameUnder = _grid.Call(new DomainParameters.DecryptFile(under.Keys.Hash, new byte[150]), _grid.Other);
        await _grid.LearnAsync(1, other);
        await _grid[1].RefusesAsync(RefusalCode.TrustForked, sameUnder.Use(under));
        await _grid[1].RefusesAsync(RefusalCode.TrustForked, sameUnder.Use(null));
        Assert.Equal(RefusalCode.TrustForked, (await _grid[1].TryAsync(new VerifyDomainCall(under.ToBytes(), []))).Refusal?.Code);
        await _grid[1].RefusesAsync(RefusalCode.TrustForked, _grid.Call(new DomainParameters.Create(MasterKeyKind.Aes256, "", _first.Hash, one.Hash), _grid.Other).Create());
        Assert.Equal(_fileKey, await _grid.DecryptAsync(1, _domain, _header));
    }

    [Fact]
    public async Task A_changed_file_header_opens_nothing()
    {
        foreach (var at in new[] { 30, 51, 75, 120, 149 })
        {
            var changed = _header.Bytes.ToArray();
            changed[at] ^= 1;
            var outcome = await _grid[1].TryAsync(_grid.Decrypting(_domain, FileHeader.Parse(changed).Value).Use(_domain));
            Assert.Equal(RefusalCode.FileTampered, outcome.Refusal?.Code);
        }
    }

    [Fact]
    public async Task Overdue_lists_stop_every_use()
    {
        _grid.Time.Advance(TimeSpan.FromDays(8));
        await _grid[1].RefusesAsync(RefusalCode.RevocationsOverdue, _grid.Decrypting(_domain, _header).Use(_domain));
        await _grid[1].RefusesAsync(RefusalCode.RevocationsOverdue, new RewrapDomainsCall(_grid.Chain, _first.Hash, []));
        await _grid[1].RefusesAsync(RefusalCode.RevocationsOverdue, new ChainKeyCall(new TrustId(Guid.NewGuid()), WrapKeyKind.P256));
    }

    private static DomainKeys Made(DomainTerms terms, IReadOnlyCollection<DomainMaster> masters, IReadOnlyCollection<DomainToken> tokens) =>
        DomainKeys.Create(terms, masters, tokens).Value;

    // The forger calls for what they made: what counts is the document, never whether the call is honest.
    private async Task RefusesAsync(RefusalCode code, Domain forged)
    {
        var call = _grid.Call(new DomainParameters.DecryptFile(forged.Keys.Hash, _header.Bytes));
        await _grid[1].RefusesAsync(code, call.Use(forged));
        await _grid[2].RefusesAsync(code, call.Use(forged));
    }
}
