namespace VaultGrid.Crypto.Tests.Wrapping;

public sealed class WrapKeyTests
{
    public static TheoryData<WrapKeyKind> Kinds => [.. Enum.GetValues<WrapKeyKind>()];

    public static TheoryData<MasterKeyKind> MasterKinds => [.. Enum.GetValues<MasterKeyKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public void A_token_opens_with_its_key_and_context_alone(WrapKeyKind kind)
    {
        using var wrapKey = WrapKey.Generate(kind);
        using var stored = wrapKey.Export();
        using var again = WrapKey.Import(kind, stored).Value;
        using var k = SecretBytes.Random(32);
        var token = WrapPublicKey.Parse(kind, again.Public.Spki.Span).Value.Wrap(k, "context"u8);
        Assert.True(token.Length <= WrapPublicKey.TokenLimit);
        using var opened = again.Unwrap(token, "context"u8).Value;
        Assert.Equal(Copy(k), Copy(opened));

        Assert.Equal(RefusalCode.DomainInvalid, again.Unwrap(token, "other"u8).Refusal?.Code);
        Assert.Equal(RefusalCode.DomainInvalid, again.Unwrap(token.AsSpan(1), "context"u8).Refusal?.Code);
        using var stranger = WrapKey.Generate(kind);
        Assert.Equal(RefusalCode.DomainInvalid, stranger.Unwrap(token, "context"u8).Refusal?.Code);
        token[^1] ^= 1;
        Assert.Equal(RefusalCode.DomainInvalid, again.Unwrap(token, "context"u8).Refusal?.Code);
    }

    [Fact]
    public void Keys_of_another_kind_or_form_are_refused()
    {
        using var p256 = WrapKey.Generate(WrapKeyKind.P256);
        var spki = p256.Public.Spki.ToArray();
        Assert.NotNull(WrapPublicKey.Parse(WrapKeyKind.Rsa3072, spki).Refusal);
        Assert.Equal(RefusalCode.InputUnsupported, WrapPublicKey.Parse((WrapKeyKind)3, spki).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, WrapPublicKey.Parse(WrapKeyKind.P256, [.. spki, 0]).Refusal?.Code);
        using var larger = RsaOaepPrivateKey.Generate(4096);
        using var publicKey = larger.ToPublic();
        Assert.NotNull(WrapPublicKey.Parse(WrapKeyKind.Rsa3072, publicKey.ToSubjectPublicKeyInfo()).Refusal);
    }

    [Theory, MemberData(nameof(MasterKinds))]
    public void A_master_key_opens_under_its_key_context_and_public_half_alone(MasterKeyKind kind)
    {
        using var k = SecretBytes.Random(32);
        using var master = MasterKey.Generate(kind);
        var bytes = master.Seal(k, "context"u8);
        Assert.True(bytes.Length <= MasterKey.SealedLimit && master.Public.Length <= MasterKey.PublicLimit);
        using var opened = MasterKey.Open(k, kind, master.Public.Span, bytes, "context"u8).Value;
        Assert.Equal(Copy(master.Secret), Copy(opened.Secret));
        Assert.DoesNotContain(Convert.ToHexString(Copy(master.Secret)), $"{master}", StringComparison.OrdinalIgnoreCase);

        Assert.Equal(RefusalCode.DomainInvalid, MasterKey.Open(k, kind, master.Public.Span, bytes, "other"u8).Refusal?.Code);
        using var other = MasterKey.Generate(MasterKeyKind.Ed25519);
        Assert.Equal(RefusalCode.DomainInvalid, MasterKey.Open(k, kind, other.Public.Span, bytes, "context"u8).Refusal?.Code);
    }

    private static byte[] Copy(SecretBytes secret)
    {
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return bytes;
    }
}
