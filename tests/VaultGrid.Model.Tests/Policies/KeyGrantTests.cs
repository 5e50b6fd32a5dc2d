using VaultGrid.Crypto;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Model.Tests;

/// <summary>Who may use a key without approvals: exactly the client that is listed, with the key that is listed, for what is listed.</summary>
public sealed class KeyGrantTests
{
    private const KeyOperations SignAndEncrypt = KeyOperations.Sign | KeyOperations.Encrypt;

    private static readonly ForgedCertificate Client = ForgedGrid.Shared.Client;
    private static readonly ForgedCertificate Other = ForgedGrid.Under(ForgedGrid.Shared.RelayCa, VaultGrid.Model.Certificates.CertificateIdentity.Client("other").Value);
    private static readonly KeyGrant Grant = KeyGrant.For(Client.Parsed, SignAndEncrypt);

    [Theory]
    [InlineData(KeyOperations.Sign, true)]
    [InlineData(KeyOperations.Encrypt, true)]
    [InlineData(SignAndEncrypt, true)]
    [InlineData(KeyOperations.Decrypt, false)]
    [InlineData(KeyOperations.Sign | KeyOperations.Decrypt, false)]
    [InlineData(KeyOperations.None, false)]
    public void A_client_may_do_what_is_listed_and_nothing_else(KeyOperations operation, bool allowed) => Assert.Equal(allowed, Grant.Permits(Client.Parsed, operation));

    [Fact]
    public void A_listed_name_with_another_key_and_a_listed_key_under_another_name_may_nothing()
    {
        Assert.False((Grant with { Key = Hash256.Of("test", []) }).Permits(Client.Parsed, KeyOperations.Sign));
        Assert.False((Grant with { Identity = Other.Parsed.Identity.Uri }).Permits(Client.Parsed, KeyOperations.Sign));
        Assert.False(Grant.Permits(Other.Parsed, KeyOperations.Sign));
    }

    [Fact]
    public void A_policy_permits_whom_one_of_its_lines_permits()
    {
        var policy = KeyPolicyTests.Policy() with { Permissions = [KeyGrant.For(Client.Parsed, KeyOperations.Sign), KeyGrant.For(Other.Parsed, KeyOperations.Decrypt)] };
        Assert.Null(policy.CheckPermission(Client.Parsed, KeyOperations.Sign).Refusal);
        Assert.Null(policy.CheckPermission(Other.Parsed, KeyOperations.Decrypt).Refusal);
        Assert.Equal(RefusalCode.CallDenied, policy.CheckPermission(Client.Parsed, KeyOperations.Decrypt).Refusal?.Code);
        Assert.Equal(RefusalCode.CallDenied, policy.CheckPermission(ForgedGrid.Shared.Operator.Parsed, KeyOperations.Sign).Refusal?.Code);
        Assert.Equal(RefusalCode.CallDenied, KeyPolicyTests.Policy().CheckPermission(Client.Parsed, KeyOperations.Sign).Refusal?.Code);
    }

    [Fact]
    public void A_line_reads_back_and_whatever_else_is_none()
    {
        Assert.True(KeyGrant.TryParse(Grant.ToString(), out var read));
        Assert.Equal(Grant, read);
        foreach (var text in (string?[])[null, "", Grant.Identity, $"{Grant} sign", Grant.ToString().Replace("sign,", "fly,", StringComparison.Ordinal), Grant.ToString().Replace("/client/", "/admin/", StringComparison.Ordinal), $"{Grant.Identity} 0x12 sign"])
            Assert.False(KeyGrant.TryParse(text, out _), text);
        Assert.False(KeyOperationNames.TryParse(null!, out _));
        foreach (var text in (string?[])[null, "", "vaultgrid://admin/1", $"vaultgrid://admin/1 {Grant.Key} 2", "vaultgrid://admin/1 0x12", $"vaultgrid://client/1 {Grant.Key}"])
            Assert.False(PolicyAdmin.TryParse(text, out _), text);
    }
}
