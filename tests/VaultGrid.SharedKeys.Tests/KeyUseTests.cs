using System.Security.Cryptography;

namespace VaultGrid.SharedKeys.Tests;

/// <summary>Keys of every kind from generation to use, over enclave processes of two clusters.</summary>
public sealed class KeyUseTests(SharedGrid site) : IClassFixture<SharedGrid>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<KeyKind, int, int> SigningKinds => new()
    {
        { KeyKind.FrostSecp256k1, 4, 1 }, { KeyKind.Taproot, 4, 1 }, { KeyKind.Ed25519, 4, 1 }, { KeyKind.Bls, 4, 1 },
        { KeyKind.Taproot, 7, 2 }, { KeyKind.Ed25519, 3, 1 }, { KeyKind.Bls, 8, 2 },
    };

    [Theory, MemberData(nameof(SigningKinds))]
    public async Task Nodes_generate_a_key_and_sign_with_it(KeyKind kind, int nodes, int faulty)
    {
        var key = await site.Keys.GenerateAsync(SharedGrid.NewName("sign"), kind, site.Keys.Holders(nodes, faulty), Cancel);
        Assert.Equal(nodes, key.Certified.Version.Holders.Count);

        foreach (var length in (int[])[0, 32, 500])
        {
            var message = RandomNumberGenerator.GetBytes(length);
            var signed = await site.Keys.SignAsync(key, message, Cancel);
            Assert.True(MessageSignatures.Verify(kind.Algorithm()!.Value, key.PublicKey.Span, message, signed.Signature.Span));
            Assert.Equal(faulty + 1, signed.Signers.Count);
            Assert.DoesNotContain(signed.Blamed, blame => blame.Why != "late");
        }
    }

    [Theory]
    [InlineData("m/7", "none"), InlineData("m/7/8", "key"), InlineData("m", "key")]
    public async Task A_taproot_key_signs_for_accounts_and_outputs(string account, string tweakText)
    {
        var key = await site.Keys.GenerateAsync(SharedGrid.NewName("tap"), KeyKind.Taproot, site.Keys.Holders(4, 1), Cancel);
        Assert.True(TaprootTweak.TryParse(tweakText, out var tweak));
        var parameters = new SignParameters(
            new SigningSubject.Message(SigningAlgorithm.Taproot, RandomNumberGenerator.GetBytes(32), tweak), DerivationPath.Parse(account).Value);
        var signed = (await site.Keys.Caller.SignAsync(key, parameters, Cancel)).Value;
        Assert.Equal(key.PublicKeyOf(parameters.Path, tweak).Value, signed.PublicKey.ToArray());
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(16 * 1024), InlineData((16 * 1024) + 1), InlineData(3_000_000)]
    public async Task Any_byte_string_is_encrypted_and_decrypted(int length)
    {
        var key = await site.Keys.GenerateAsync(SharedGrid.NewName("dise"), KeyKind.Dise, site.Keys.Holders(4, 1), Cancel);
        var plain = RandomNumberGenerator.GetBytes(length);
        using var sealedBytes = new MemoryStream();
        Assert.DoesNotContain((await DiseFile.EncryptAsync(site.Keys.Caller, key, new MemoryStream(plain), sealedBytes, Cancel)).Value, blame => blame.Why != "late");
        sealedBytes.Position = 0;
        using var opened = new MemoryStream();
        Assert.DoesNotContain((await DiseFile.DecryptAsync(site.Keys.Caller, key, sealedBytes, opened, Cancel)).Value, blame => blame.Why != "late");
        Assert.Equal(plain, opened.ToArray());

        var changed = sealedBytes.ToArray();
        changed[^1] ^= 1;
        Assert.False((await DiseFile.DecryptAsync(site.Keys.Caller, key, new MemoryStream(changed), new MemoryStream(), Cancel)).Is(out _, out _));
    }

    [Fact]
    public async Task What_the_policy_does_not_permit_is_refused_by_the_holders()
    {
        var holders = site.Keys.Holders(4, 1);
        var policy = site.Keys.Policy(SharedGrid.NewName("deny"), KeyKind.Taproot);
        var denied = await site.Keys.GenerateAsync(policy with { Permissions = [] }, KeyKind.Taproot, holders, Cancel);
        var parameters = new SignParameters(new SigningSubject.Message(SigningAlgorithm.Taproot, new byte[32], TaprootTweak.None), DerivationPath.Master);
        Assert.Equal(RefusalCode.CallDenied, (await site.Keys.Caller.SignAsync(denied, parameters, Cancel)).Refusal!.Code);

        var key = await site.Keys.GenerateAsync(SharedGrid.NewName("path"), KeyKind.Taproot, holders, Cancel);
        var elsewhere = parameters with { Path = DerivationPath.Parse("m/1/2/3").Value };
        Assert.Equal(RefusalCode.PolicyPath, (await site.Keys.Caller.SignAsync(key, elsewhere, Cancel)).Refusal!.Code);
    }

    [Fact]
    public async Task Approvals_sign_where_the_policy_asks_for_them_and_too_few_do_not()
    {
        var key = await site.Keys.GenerateAsync(SharedGrid.NewName("approve"), KeyKind.Ed25519, site.Keys.Holders(6, 1), Cancel);
        var subject = new SigningSubject.Message(SigningAlgorithm.Ed25519, "approved"u8.ToArray(), null);
        var request = site.Keys.SignRequest(key, subject, DerivationPath.Master, "a test");
        var few = await site.Grid.Requests.ExecuteAsync(request, null, site.Grid.Requests.Approve(request, 1), Cancel);
        Assert.Equal(RefusalCode.ApprovalQuorum, few.Refusal!.Code);

        var status = await site.Grid.Requests.DoAsync(request, null, 2, Cancel);
        Assert.True(MessageSignatures.Verify(SigningAlgorithm.Ed25519, key.PublicKey.Span, subject.Bytes.Span, status.Message!.Signature.Span));
    }

    [Fact]
    public async Task The_same_request_again_answers_the_same_key()
    {
        var policy = site.Keys.Policy(SharedGrid.NewName("again"), KeyKind.Bls);
        var request = site.Keys.GenerateRequest(policy, KeyKind.Bls, site.Keys.Holders(4, 1));
        var first = await site.Grid.Requests.DoAsync(request, policy.ToUtf8(), 2, Cancel);
        var second = await site.Grid.Requests.DoAsync(request, policy.ToUtf8(), 2, Cancel);
        Assert.Equal(first.Key, second.Key);

        var other = site.Keys.GenerateRequest(policy, KeyKind.Bls, site.Keys.Holders(4, 1));
        var taken = await site.Grid.Requests.ExecuteAsync(other, policy.ToUtf8(), site.Grid.Requests.Approve(other, 2), Cancel);
        Assert.Equal(RefusalCode.KeyExists, taken.Refusal!.Code);
    }

    [Fact]
    public async Task A_deleted_key_is_gone_for_good()
    {
        var key = await site.Keys.GenerateAsync(SharedGrid.NewName("delete"), KeyKind.Taproot, site.Keys.Holders(4, 1), Cancel);
        await site.Keys.DeleteAsync(key, Cancel);
        var parameters = new SignParameters(new SigningSubject.Message(SigningAlgorithm.Taproot, new byte[32], TaprootTweak.None), DerivationPath.Master);
        Assert.Equal(RefusalCode.KeyUnknown, (await site.Keys.Caller.SignAsync(key, parameters, Cancel)).Refusal!.Code);
        var status = await site.Keys.StatusAsync(key.Key, Cancel);
        Assert.Equal("deleted", status.State);
        Assert.DoesNotContain(status.Holders, holder => holder.State is "held" or "missing" or "behind");
    }
}
