using System.Diagnostics;
using System.Text.Json;
using VaultGrid.Crypto.Bls12381;
using VaultGrid.Crypto.HashToCurve;
using VaultGrid.Testing;

namespace VaultGrid.Crypto.Tests.Bls12381;

/// <summary>Fresh random inputs each run, answered by @noble/curves in a process of its own (tests/vectors/bls-live.mjs).</summary>
public sealed class LiveDifferentialTests
{
    private readonly SeededBytes _random = new();

    [Fact]
    public async Task Thousands_of_random_cases_agree_with_another_library()
    {
        var vectors = Repository.PathOf("tests", "vectors");
        Assert.SkipUnless(Directory.Exists(Path.Combine(vectors, "node_modules", "@noble", "curves")), "npm ci was not run in tests/vectors");

        var cases = new List<(object Asked, object Ours)>();
        for (var i = 0; i < 800; i++) cases.Add(Multiply(i % 4 == 0));
        for (var i = 0; i < 800; i++) cases.Add(Add(i % 2 == 0));
        for (var i = 0; i < 500; i++) cases.Add(Hash(i));
        for (var i = 0; i < 30; i++) cases.Add(Verify(i));

        var answers = await AskAsync(vectors, JsonSerializer.SerializeToUtf8Bytes(cases.Select(c => c.Asked)), TestContext.Current.CancellationToken);
        Assert.Equal(cases.Count, answers.Length);
        for (var i = 0; i < answers.Length; i++)
            Assert.True(JsonSerializer.Serialize(cases[i].Ours) == answers[i].GetRawText(), $"{_random}: {JsonSerializer.Serialize(cases[i].Asked)}");
    }

    private (object Asked, object Ours) Multiply(bool inG2)
    {
        // The other library multiplies by numbers from 1 on.
        var k = (_random.Next(Numbers.R - 1) + 1).ToScalar();
        using var secret = BlsSecretScalar.Take(k.ToBytes()).Value;
        var (p, q) = (_random.NextG1(), _random.NextG2());
        return inG2
            ? (new { ask = "multiply", group = "G2", point = q.ToString(), scalar = k.ToString() }, q.Multiply(secret).ToString())
            : (new { ask = "multiply", group = "G1", point = p.ToString(), scalar = k.ToString() }, p.Multiply(secret).ToString());
    }

    private (object Asked, object Ours) Add(bool inG2)
    {
        var (p1, p2, q1, q2) = (_random.NextG1(), _random.NextG1(), _random.NextG2(), _random.NextG2());
        if (_random.NextInt(10) == 0) (p2, q2) = (p1, q1);
        return inG2
            ? (new { ask = "add", group = "G2", p = q1.ToString(), q = q2.ToString() }, q1.Add(q2).ToString())
            : (new { ask = "add", group = "G1", p = p1.ToString(), q = p2.ToString() }, p1.Add(p2).ToString());
    }

    private (object Asked, object Ours) Hash(int i)
    {
        var (message, tag) = (_random.Next(_random.NextInt(200)), _random.Next(1 + _random.NextInt(80)));
        var (messageHex, tagHex) = (Hex.Encode(message), Hex.Encode(tag));
        return (i % 3) switch
        {
            0 => (new { ask = "hash", group = "G1", message = messageHex, tag = tagHex }, G1Point.Hash(message, tag).ToString()),
            1 => (new { ask = "hash", group = "G2", message = messageHex, tag = tagHex }, G2Point.Hash(message, tag).ToString()),
            _ => (new { ask = "hashSecp256k1", message = messageHex, tag = tagHex }, Hex.Encode(Secp256k1Suite.Hash(message, tag).Compressed)),
        };
    }

    private (object Asked, object Ours) Verify(int i)
    {
        using var key = BlsSecretKey.Take(Numbers.Write(_random.Next(Numbers.R - 1) + 1, 32)).Value;
        var message = _random.Next(32);
        var signature = key.Sign(message);
        if (i % 3 == 0) signature = new BlsSignature(signature.Point.Add(G2Point.Generator));
        var asked = new
        {
            ask = "verify",
            publicKey = key.PublicKey.ToString(),
            message = Hex.Encode(message),
            tag = Hex.Encode("BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_"u8),
            signature = signature.ToString(),
        };
        return (asked, key.PublicKey.Verify(message, signature));
    }

    private static async Task<JsonElement[]> AskAsync(string folder, byte[] questions, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", "bls-live.mjs")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start)!;
        var answered = JsonSerializer.DeserializeAsync<JsonElement[]>(node.StandardOutput.BaseStream, cancellationToken: cancellationToken);
        await node.StandardInput.BaseStream.WriteAsync(questions, cancellationToken);
        node.StandardInput.Close();
        var answers = await answered;
        await node.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, node.ExitCode);
        return answers!;
    }
}
