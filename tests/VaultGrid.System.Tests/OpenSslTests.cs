using System.Text.Json;

namespace VaultGrid.System.Tests;

/// <summary>What plain OpenSSL says of the demo's certificates and approvals.</summary>
public sealed class OpenSslTests(DemoRun demo) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vaultgrid-openssl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_certificate_chains_to_the_root_and_is_on_no_list()
    {
        var certificates = Texts(demo.Root.GetProperty("certificates"));
        var root = await WriteAsync("root.pem", certificates[0]);
        var others = await WriteAsync("others.pem", string.Concat(certificates.Skip(1)));
        var lists = await WriteAsync("lists.pem", string.Concat(Texts(demo.Root.GetProperty("lists"))));
        Assert.True(certificates.Count > 9 + 3, "CAs, administrators and nine devices are expected");

        foreach (var certificate in certificates.Skip(1))
        {
            var leaf = await WriteAsync("leaf.pem", certificate);
            var result = await Command.RunAsync(
                "openssl", ["verify", "-x509_strict", "-CAfile", root, "-untrusted", others, "-CRLfile", lists, "-crl_check_all", leaf]);
            Assert.True(result.ExitCode == 0, result.Output + result.Error);
        }
    }

    [Fact]
    public async Task Every_Ed25519_signature_of_a_shared_key_verifies_and_over_another_message_not()
    {
        var count = 0;
        foreach (var entry in demo.Root.GetProperty("signatures").EnumerateArray().Where(entry => entry.GetProperty("kind").GetString() == "ed25519"))
        {
            var (message, other) = (BytesOf(entry, "message"), BytesOf(entry, "message"));
            other[0] ^= 1;
            Assert.Equal(0, await VerifyEd25519Async(BytesOf(entry, "publicKey"), message, BytesOf(entry, "signature")));
            Assert.NotEqual(0, await VerifyEd25519Async(BytesOf(entry, "publicKey"), other, BytesOf(entry, "signature")));
            count++;
        }

        Assert.True(count > 0, "the demo signs with a shared Ed25519 key");
    }

    private static byte[] BytesOf(JsonElement entry, string member) => Convert.FromHexString(entry.GetProperty(member).GetString()!.AsSpan(2));

    // SubjectPublicKeyInfo of an Ed25519 key (RFC 8410): a fixed head and the 32 bytes.
    private static async Task<int> VerifyEd25519Async(byte[] publicKey, byte[] message, byte[] signature)
    {
        var folder = Directory.CreateTempSubdirectory("vg-ed25519-");
        try
        {
            var (key, data, bare) = (Path.Combine(folder.FullName, "key.der"), Path.Combine(folder.FullName, "message"), Path.Combine(folder.FullName, "signature"));
            await File.WriteAllBytesAsync(key, [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00, .. publicKey]);
            await File.WriteAllBytesAsync(data, message);
            await File.WriteAllBytesAsync(bare, signature);
            return (await Command.RunAsync("openssl", ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", key, "-rawin", "-in", data, "-sigfile", bare])).ExitCode;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Every_approval_verifies_over_the_exact_request()
    {
        var count = 0;
        foreach (var signature in demo.Root.GetProperty("signatures").EnumerateArray())
        {
            if (!signature.TryGetProperty("approvals", out var approvals)) continue;
            var request = Convert.FromHexString(signature.GetProperty("request").GetString()!.AsSpan(2));
            foreach (var approval in approvals.EnumerateArray())
            {
                Assert.Equal(0, await VerifyAsync(approval, request));

                // The same approval over a request with one bit changed is worth nothing.
                var other = request.ToArray();
                other[^2] ^= 1;
                Assert.NotEqual(0, await VerifyAsync(approval, other));
                count++;
            }
        }

        Assert.True(count >= 2, "the demo approves at least one request by two administrators");
    }

    private async Task<int> VerifyAsync(JsonElement approval, byte[] request)
    {
        var requestFile = Path.Combine(_folder, "request.json");
        var signatureFile = Path.Combine(_folder, "approval.sig");
        await File.WriteAllBytesAsync(requestFile, request);
        await File.WriteAllBytesAsync(signatureFile, Convert.FromHexString(approval.GetProperty("signature").GetString()!.AsSpan(2)));
        var certificate = await WriteAsync("admin.pem", approval.GetProperty("certificate").GetString()!);

        // The very lines of docs/formats.md, with verification in place of signing.
        const string Script = """
            set -euo pipefail
            openssl x509 -in "$1" -noout -pubkey > "$1.pub"
            { printf 'VaultGrid/v1/approve\0'; openssl dgst -sha256 -binary "$2"; } | openssl dgst -sha256 -verify "$1.pub" -signature "$3"
            """;
        return (await Command.RunAsync("bash", ["-c", Script, "bash", certificate, requestFile, signatureFile])).ExitCode;
    }

    private static List<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
