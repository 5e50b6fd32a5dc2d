using System.Text.Json;

namespace VaultGrid.System.Tests;

/// <summary>The shape of the demo's report, which others read.</summary>
public sealed class DemoReportTests(DemoRun demo)
{
    [Fact]
    public void It_names_engine_clusters_nodes_and_certificates()
    {
        Assert.Contains(demo.Root.GetProperty("engine").GetString(), new[] { "embedded", "orleans" });
        Assert.Equal(5, demo.Root.GetProperty("clusters").GetArrayLength());
        Assert.Equal(11, demo.Root.GetProperty("nodes").GetArrayLength());
        Assert.All(demo.Root.GetProperty("certificates").EnumerateArray(), pem => Assert.StartsWith("-----BEGIN CERTIFICATE-----", pem.GetString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ethereum")]
    [InlineData("digest")]
    [InlineData("audit")]
    [InlineData("threshold-ecdsa")]
    public void It_has_a_signature_of_each_kind_with_all_its_members(string kind)
    {
        var signature = demo.Root.GetProperty("signatures").EnumerateArray().First(entry => entry.GetProperty("kind").GetString() == kind);
        string[] members = ["cluster", "node", "path", "xpub", "digest", "r", "s", "v", "publicKey", "address"];
        Assert.All(members, member => Assert.True(signature.TryGetProperty(member, out _), $"{kind} lacks {member}"));
        Assert.Equal(kind is "ethereum" or "threshold-ecdsa", signature.TryGetProperty("rawTransaction", out _));
        Assert.Equal(kind != "audit", signature.TryGetProperty("approvals", out _));
        Assert.Equal(kind == "threshold-ecdsa", signature.TryGetProperty("session", out _));
    }

    [Fact]
    public void Clusters_signed_together_and_others_when_one_was_dead()
    {
        var together = demo.Root.GetProperty("signatures").EnumerateArray().Where(entry => entry.GetProperty("kind").GetString() == "threshold-ecdsa")
            .Select(entry => string.Join(' ', entry.GetProperty("participants").EnumerateArray().Select(node => node.GetString()!.Split('/')[0])));
        Assert.Equal(["1 3", "2 3", "1 2 3", "1 3 4"], together);
    }

    [Theory]
    [InlineData("approval.quorum")]
    [InlineData("approval.invalid")]
    [InlineData("node.foreign")]
    public void It_shows_what_was_refused(string code) => Assert.Contains(
        demo.Root.GetProperty("refusals").EnumerateArray(), refusal => refusal.GetProperty("code").GetString() == code);

    [Fact]
    public void Nothing_that_it_says_looks_like_a_secret()
    {
        var said = demo.Result.Output + demo.Result.Error + JsonSerializer.Serialize(demo.Root);
        Assert.DoesNotContain("PRIVATE KEY", said, StringComparison.Ordinal);
        Assert.DoesNotContain("xprv", said, StringComparison.Ordinal);
    }
}
