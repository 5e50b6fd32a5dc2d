using System.Text;
using VaultGrid.Crypto;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Trusts;

/// <summary>Every document reads back as it was written, and damaged bytes are refused or are another document in its one form.</summary>
public sealed class DocumentFormTests
{
    private static readonly TrustGrid Grid = TrustGrid.Shared;
    private static readonly CertificateCache Certificates = new();
    private static readonly Trust Sample = Grid.Second(Grid.First());
    private static readonly Trust Bootstrap = Grid.Bootstrap();
    private static readonly Domain OfDomain = Grid.SealedDomain(Bootstrap, Grid.NewKeys(
        TrustChain.Begin(Bootstrap, Bootstrap.Hash, Grid.Verifier).Value, MasterKeyKind.EcdsaP256, "vaultgrid://operator/1"));

    public static TheoryData<string> Names => ["trust", "bootstrap", "domain", "keys", "retirement"];

    [Theory, MemberData(nameof(Names))]
    public void What_was_written_reads_back_the_same(string name)
    {
        var (good, again) = Document(name);
        Assert.Equal(good, again(good).Value);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_truncation_and_anything_behind_is_refused(string name)
    {
        var (good, again) = Document(name);
        for (var length = 0; length < good.Length; length += 1 + (length / 50)) Assert.NotNull(again(good[..length]).Refusal);
        Assert.NotNull(again([.. good, 0]).Refusal);
    }

    [Theory, MemberData(nameof(Names))]
    public void Damaged_documents_are_refused_or_are_others_in_their_one_form(string name)
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var (random, (good, again)) = (new Random(seed), Document(name));
        for (var round = 0; round < 3_000; round++)
        {
            var bytes = good.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(3) == 0)
            {
                var at = random.Next(bytes.Length);
                var length = Math.Min(random.Next(1, 40), bytes.Length - at);
                bytes = random.Next(2) == 0 ? [.. bytes[..at], .. bytes[(at + length)..]] : [.. bytes[..(at + length)], .. bytes[at..]];
            }

            if (again(bytes).Is(out var written, out _)) Assert.Equal(bytes, written);
        }
    }

    [Fact]
    public void A_hundred_HSMs_fit()
    {
        var hsms = Enumerable.Range(1, 100).Select(i =>
        {
            using var wrapKey = WrapKey.Generate(WrapKeyKind.P256);
            return TrustGrid.Hsm(TrustGrid.Device(Grid.Grid.ClusterOne, $"1/{i}"), wrapKey.Public);
        });
        var body = TrustBody.Create(null, TrustGrid.Id, hsms, Grid.Operators.Select(o => o.Parsed), 3).Value;
        var trust = Trust.Parse(Grid.SignedBy(Trust.Of(body), 0, 1, 2).ToBytes(), Certificates).Value;
        Assert.Equal(100, trust.Body.Hsms.Length);
        Assert.InRange(body.Bytes.Length, 64 * 1024, TrustBody.ByteLimit);
    }

    [Fact]
    public void A_file_has_one_form()
    {
        var file = DocumentFile.Write("trust", "abcd"u8);
        Assert.Equal("""{"document":"YWJjZA==","kind":"trust","v":1}""", Encoding.ASCII.GetString(file));
        Assert.Equal("abcd"u8.ToArray(), DocumentFile.Read("trust", file).Value);
        Assert.Equal("abcd"u8.ToArray(), DocumentFile.Read("trust", [.. file, (byte)'\n']).Value);
        Assert.Equal(RefusalCode.InputMalformed, DocumentFile.Read("domain", file).Refusal?.Code);
        foreach (var other in new[] { "YWJjZA=", "YWJjZB==", "YWJj ZA==", "YWJjZA==\\n", "YWJ-ZA==", "YW==JjZA" })
            Assert.Equal(RefusalCode.InputMalformed, DocumentFile.Read("trust", Encoding.ASCII.GetBytes($$"""{"document":"{{other}}","kind":"trust","v":1}""")).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, DocumentFile.Read("trust", []).Refusal?.Code);
    }

    private static (byte[] Good, Func<byte[], Outcome<byte[]>> Again) Document(string name) => name switch
    {
        "trust" => (Sample.ToBytes(), bytes => Trust.Parse(bytes, Certificates).Then<byte[]>(trust => trust.ToBytes())),
        "bootstrap" => (Bootstrap.ToBytes(), bytes => Trust.Parse(bytes, Certificates).Then<byte[]>(trust => trust.ToBytes())),
        "domain" => (OfDomain.ToBytes(), bytes => Domain.Parse(bytes, Certificates).Then<byte[]>(domain => domain.ToBytes())),
        "keys" => (OfDomain.Keys.Bytes.ToArray(), bytes => DomainKeys.Parse(bytes).Then<byte[]>(keys => keys.Bytes.ToArray())),
        _ => (RetirementTests.Of(Grid, Bootstrap, 1).ToBytes(), bytes => Retirement.Parse(bytes, Certificates).Then<byte[]>(retirement => retirement.ToBytes())),
    };
}
