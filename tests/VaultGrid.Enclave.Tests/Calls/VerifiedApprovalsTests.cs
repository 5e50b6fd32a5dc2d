using System.Security.Cryptography;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>What was verified ahead is known by key, statement and signature, and by nothing less.</summary>
public sealed class VerifiedApprovalsTests
{
    private static readonly byte[] Statement = [1, 2, 3];

    private readonly VerifiedApprovals _verified = new();
    private readonly ForgedCertificate _one = new TestGrid(DateTimeOffset.UtcNow).Admins[0];
    private readonly ForgedCertificate _two = new TestGrid(DateTimeOffset.UtcNow).Admins[0];

    [Fact]
    public void A_signature_verifies_before_and_after_it_is_known()
    {
        var signature = Signed(_one);
        Assert.True(_verified.Verifies(_one.Parsed.Key, Statement, signature));
        Assert.True(_verified.VerifiesAhead(_one.Parsed.Key, Statement, signature));
        Assert.True(_verified.Verifies(_one.Parsed.Key, Statement, signature));
        Assert.True(_verified.VerifiesAhead(_one.Parsed.Key, Statement, Signed(_one)));
    }

    [Fact]
    public void A_known_signature_says_nothing_of_another_key_statement_or_signature()
    {
        var signature = Signed(_one);
        Assert.True(_verified.VerifiesAhead(_one.Parsed.Key, Statement, signature));
        Assert.False(_verified.Verifies(_two.Parsed.Key, Statement, signature));
        Assert.False(_verified.Verifies(_one.Parsed.Key, [1, 2], signature));
        Assert.False(_verified.Verifies(_one.Parsed.Key, Statement, Signed(_two)));
        Assert.True(_verified.Verifies(_two.Parsed.Key, Statement, Signed(_two)));
    }

    [Fact]
    public void What_does_not_verify_is_not_remembered()
    {
        var signature = Signed(_two);
        Assert.False(_verified.VerifiesAhead(_one.Parsed.Key, Statement, signature));
        Assert.False(_verified.Verifies(_one.Parsed.Key, Statement, signature));
    }

    private static byte[] Signed(ForgedCertificate admin) => ((ECDsa)admin.Key).SignData(Statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
