using System.Security.Cryptography;
using System.Text.Json;
using VaultGrid.Crypto;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Trusts;
using VaultGrid.Testing;

namespace VaultGrid.Model.Tests.Domains;

/// <summary>
/// Documents and a file that were written once (tests/vectors/domains) still read, count and open. tests/independent/domains.mjs reads the same with no code of
/// VaultGrid. The keys in them guard nothing.
/// </summary>
public sealed class FrozenDomainTests
{
    private static readonly string Folder = Repository.PathOf("tests", "vectors", "domains");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task Documents_written_once_still_count_and_open()
    {
        var vector = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "vector.json"))).RootElement;
        var authorities = TrustedAuthorities.Restore(Bytes(vector, "authorities")).Value;
        var certificates = new CertificateCache();
        var verifier = new TrustVerifier(authorities, _ => null, certificates);
        var trusts = new[] { "trust-1", "trust-2" }.Select(name => Trust.Parse(Document("trust", name), certificates).Value).ToArray();
        var chain = TrustChain.Verify(trusts, Hash(vector, "first"), verifier).Value;
        Assert.Equal(Hash(vector, "newest"), chain.Newest.Hash);

        var bytes = Document("domain", "domain");
        var domain = Domain.Parse(bytes, certificates).Value;
        Assert.Equal(bytes, domain.ToBytes());
        Assert.Null(domain.Check(authorities).Refusal);
        Assert.Equal(0, DomainRules.CheckUse(domain, chain, domain.Trust.Body.Hsms[0].Signatory).Value);
        Assert.Null(Retirement.Parse(Document("retirement", "retirement"), certificates).Value.Check(trusts[0], authorities).Refusal);

        using var wrapKey = WrapKey.Import(WrapKeyKind.P256, SecretBytes.Take(Bytes(vector, "wrapKey"))).Value;
        using var master = DomainVault.Open(domain.Keys, 1, wrapKey, 0).Value;
        using var input = File.OpenRead(Path.Combine(Folder, "file.vault"));
        var header = (await FileHeader.ReadAsync(input)).Value;
        using var fileKey = FileKeyWrap.Unwrap(master.Secret, header).Value;
        using var output = new MemoryStream();
        Assert.Null((await FileEncryption.DecryptAsync(fileKey, header, input, output)).Refusal);
        Assert.Equal(vector.GetProperty("plaintext").GetString(), Hash256.Sha256(output.ToArray()).ToString());
    }

    [Fact(Explicit = true)]
    public async Task Write_them_anew()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("GridMutation") is not null, "eng/mutate runs explicit tests too");
        var grid = TrustGrid.Shared;
        var first = grid.First();
        var chain = TrustChain.Verify([first, grid.Second(first)], first.Hash, grid.Verifier).Value;
        var keys = DomainVault.Rotate(grid.NewKeys(TrustChain.Resume(first, first.Hash)), grid.WrapKeys[0], 0, chain.Newest.Body, newMaster: false).Value;
        using var master = DomainVault.Open(keys, 1, grid.WrapKeys[0], 0).Value;
        using var wrapKey = grid.WrapKeys[0].Export();

        Directory.CreateDirectory(Folder);
        Write("trust", "trust-1", first.ToBytes());
        Write("trust", "trust-2", chain.Newest.ToBytes());
        Write("domain", "domain", grid.SealedDomain(chain.Newest, keys).ToBytes());
        Write("retirement", "retirement", RetirementTests.Of(grid, first, hsm: 2).ToBytes());

        // One full chunk and a little: both kinds of chunk.
        var plaintext = Enumerable.Range(0, (1 << FileHeader.SmallestChunkBits) + 100).Select(i => (byte)(i * 31 >> 3)).ToArray();
        using var fileKey = SecretBytes.Random(32);
        var part = FileHeader.NewStreamPart(FileHeader.SmallestChunkBits);
        var header = FileHeader.Create(part, keys.Id.Value, 1, FileKeyWrap.Wrap(master.Secret, part, keys.Id.Value, 1, fileKey)).Value;
        await using (var output = File.Create(Path.Combine(Folder, "file.vault")))
            await FileEncryption.EncryptAsync(fileKey, header, new MemoryStream(plaintext), output);

        File.WriteAllText(Path.Combine(Folder, "vector.json"), JsonSerializer.Serialize(
            new Dictionary<string, string>
            {
                ["what"] = "throwaway keys; written by FrozenDomainTests of VaultGrid.Model.Tests, read by tests/independent/domains.mjs",
                ["authorities"] = Hex.Encode(grid.Grid.Trusted.ToBytes()),
                ["first"] = first.Hash.ToString(),
                ["newest"] = chain.Newest.Hash.ToString(),
                ["wrapKey"] = Hex.Encode(Copy(wrapKey)),
                ["masterKey"] = Hex.Encode(Copy(master.Secret)),
                ["plaintext"] = new Hash256(SHA256.HashData(plaintext)).ToString(),
            },
            Indented));
    }

    private static byte[] Document(string kind, string name) => DocumentFile.Read(kind, File.ReadAllBytes(Path.Combine(Folder, name + ".json"))).Value;

    private static void Write(string kind, string name, byte[] document) => File.WriteAllBytes(Path.Combine(Folder, name + ".json"), DocumentFile.Write(kind, document));

    private static byte[] Bytes(JsonElement vector, string name) => Hex.Decode(vector.GetProperty(name).GetString()!);

    private static Hash256 Hash(JsonElement vector, string name) => Hash256.Parse(vector.GetProperty(name).GetString()!);

    private static byte[] Copy(SecretBytes secret)
    {
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return bytes;
    }
}
