using System.Text;

namespace VaultGrid.Model.Tests;

/// <summary>The bytes of requests are frozen: an approval signs them, so they never change.</summary>
public sealed class RequestFormatTests
{
    private static readonly string Frozen = Path.Combine(AppContext.BaseDirectory, "frozen", "requests");

    public static TheoryData<string> Names => [.. RequestSamples.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void The_encoding_is_stable(string name) =>
        Assert.Equal(File.ReadAllText(Path.Combine(Frozen, name + ".json")), RequestSamples.Json(RequestSamples.All[name]));

    [Theory, MemberData(nameof(Names))]
    public void What_was_written_reads_back_the_same(string name)
    {
        var document = RequestDocument.Of(RequestSamples.All[name]);
        var again = RequestDocument.Parse(document.Utf8.Span).Value;
        Assert.Equal(document.Request, again.Request);
        Assert.Equal(document.Hash, again.Hash);
    }

    [Fact]
    public void Every_action_of_the_table_has_a_frozen_sample() =>
        Assert.Equal(RequestActions.Names.Order(), RequestSamples.All.Values.Select(request => request.Action).Distinct().Order());

    [Theory]
    [InlineData("out of order", "[\"1\",\"3\"]", "[\"3\",\"1\"]")]
    [InlineData("one twice", "[\"1\",\"3\"]", "[\"1\",\"1\"]")]
    [InlineData("a single one", "[\"1\",\"3\"]", "[\"1\"]")]
    [InlineData("none", "[\"1\",\"3\"]", "[]")]
    [InlineData("cluster 0", "[\"1\",\"3\"]", "[\"0\",\"3\"]")]
    [InlineData("beside a single cluster", "\"clusters\"", "\"cluster\":\"1\",\"clusters\"")]
    public void Clusters_are_listed_in_one_way(string what, string from, string to) =>
        Refused(RefusalCode.RequestMalformed, RequestSamples.Json(RequestSamples.All["sign-several-clusters"]).Replace(from, to, StringComparison.Ordinal), what);

    [Theory]
    [InlineData("create-key", "\"kind\":\"bip32\"", "\"kind\":\"threshold-ecdsa\"")]
    [InlineData("create-key-dealt", "\"kind\":\"threshold-ecdsa\"", "\"kind\":\"bip32\"")]
    [InlineData("create-key-dealt", "\"manifest\"", "\"node\":\"1\",\"manifest\"")]
    [InlineData("create-key-dealt", "\"clusters\":[\"1\",\"2\",\"3\"]", "\"cluster\":\"1\"")]
    [InlineData("create-key-generated", "\"kind\":\"frost-secp256k1\"", "\"kind\":\"bip32\"")]
    [InlineData("create-key-generated", "\"clusters\":[\"1\",\"2\"]", "\"clusters\":[\"1\",\"2\",\"3\"]")]
    [InlineData("create-key-generated", "\"clusters\":[\"1\",\"2\"]", "\"cluster\":\"1\"")]
    [InlineData("create-key-generated", "\"nodes\":[\"1/1\",\"1/2\"", "\"nodes\":[\"1/2\",\"1/1\"")]
    [InlineData("create-key-generated", "\"nodes\":[\"1/1\",\"1/2\"", "\"nodes\":[\"1/1\",\"1/1\"")]
    [InlineData("create-key-generated", "\"f\":\"1\"", "\"f\":\"0\"")]
    [InlineData("create-key-generated", "\"f\":\"1\"", "\"f\":\"2\"")]
    [InlineData("create-key-generated", "\"replaces\":\"none\"", "\"replaces\":\"\"")]
    [InlineData("sign-taproot-key", "\"tweak\":\"key\"", "\"tweak\":\"keys\"")]
    [InlineData("sign-schnorr", "\"revocations\"", "\"tweak\":\"none\",\"revocations\"")]
    [InlineData("change-admins", "\"cluster\":\"1\"", "\"clusters\":[\"1\",\"2\"]")]
    [InlineData("create-key", "\"replaces\":\"none\"", "\"replaces\":\"0x1111111111111111111111111111111111111111111111111111111111111111\"")]
    [InlineData("create-key-dealt", "\"replaces\":\"none\"", "\"replaces\":\"0x1111111111111111111111111111111111111111111111111111111111111111\"")]
    [InlineData("create-key-generated", "\"replaces\":\"none\"", "\"replaces\":\"0x1111111111111111111111111111111111111111111111111111111111111111\"")]
    [InlineData("retire-node", "\"node\":\"3\"", "\"node\":\"0\"")]
    [InlineData("retire-node", "\"node\":\"3\"", "\"node\":\"4294967296\"")]
    [InlineData("retire-node", "\"node\":\"3\"", "\"node\":\"1x\"")]
    [InlineData("alarm-clear", "\"nodes\":[\"2/1\",\"3/2\"]", "\"nodes\":[]")]
    [InlineData("alarm-clear", "\"nodes\":[\"2/1\",\"3/2\"]", "\"nodes\":[\"3/2\",\"2/1\"]")]
    [InlineData("alarm-clear", "\"nodes\":[\"2/1\",\"3/2\"]", "\"nodes\":[\"2/1\",\"2/1\"]")]
    [InlineData("alarm-clear", "\"nodes\":[\"2/1\",\"3/2\"]", "\"nodes\":[\"2/2\",\"2/1\"]")]
    public void A_member_of_another_kind_of_request_is_refused(string name, string from, string to) =>
        Refused(RefusalCode.RequestMalformed, RequestSamples.Json(RequestSamples.All[name]).Replace(from, to, StringComparison.Ordinal), name);

    [Theory]
    [InlineData("a space", " {0}")]
    [InlineData("a line end", "{0}\n")]
    [InlineData("a byte order mark", "\uFEFF{0}")]
    [InlineData("a second document", "{0}{0}")]
    public void Bytes_around_the_document_are_refused(string what, string format) =>
        Refused(RefusalCode.RequestMalformed, string.Format(null, format, Sample()), what);

    [Theory]
    [InlineData("unknown member", "\"v\":1", "\"v\":1,\"x\":\"1\"")]
    [InlineData("member twice", "\"v\":1", "\"v\":1,\"v\":1")]
    [InlineData("white space", "\"v\":1", "\"v\": 1")]
    [InlineData("another spelling of a number", "\"v\":1", "\"v\":1.0")]
    [InlineData("another version", "\"v\":1", "\"v\":2")]
    [InlineData("a number as text", "\"v\":1", "\"v\":\"1\"")]
    [InlineData("a text as number", "\"revocations\":\"7\"", "\"revocations\":7")]
    [InlineData("a leading zero", "\"revocations\":\"7\"", "\"revocations\":\"07\"")]
    [InlineData("a sign", "\"revocations\":\"7\"", "\"revocations\":\"+7\"")]
    [InlineData("null", "\"cluster\":\"1\"", "\"cluster\":null")]
    [InlineData("cluster 0", "\"cluster\":\"1\"", "\"cluster\":\"0\"")]
    [InlineData("an array", "\"cluster\":\"1\"", "\"cluster\":[\"1\"]")]
    [InlineData("an object", "\"cluster\":\"1\"", "\"cluster\":{\"a\":\"1\"}")]
    [InlineData("an upper-case hash", "\"digest\":\"0x", "\"digest\":\"0X")]
    [InlineData("another time zone", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00+00:00")]
    [InlineData("fractions of a second", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00.5Z")]
    [InlineData("no such day", "2026-01-31T12:00:00Z", "2026-02-31T12:00:00Z")]
    [InlineData("a longer escape", "rent", "\\u0072ent")]
    [InlineData("a lone surrogate", "rent", "\\ud800ent")]
    [InlineData("an escaped control character", "rent", "\\u0007ent")]
    [InlineData("a bidi override", "rent", "\u202Etner")]
    [InlineData("a zero-width space", "rent", "r\u200Bent")]
    [InlineData("a private-use character", "rent", "\uE000")]
    [InlineData("an upper-case id", "0a0b0c0d0e0f", "0A0B0C0D0E0F")]
    [InlineData("a path with a leading zero", "m/44'", "m/044'")]
    public void A_document_that_means_the_same_or_something_else_is_refused(string what, string from, string to)
    {
        var sample = Sample();
        Assert.Contains(from, sample, StringComparison.Ordinal);
        Refused(RefusalCode.RequestMalformed, sample.Replace(from, to, StringComparison.Ordinal), what);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_space_between_any_two_marks_makes_it_another_text(string name)
    {
        var sample = RequestSamples.Json(RequestSamples.All[name]);
        for (var (at, inText) = (0, false); at <= sample.Length; at++)
        {
            if (!inText) Refused(RefusalCode.RequestMalformed, sample.Insert(at, " "), $"a space at {at}");
            if (at < sample.Length && sample[at] == '"' && (at == 0 || sample[at - 1] != '\\')) inText = !inText;
        }
    }

    [Fact]
    public void Members_in_another_order_are_refused_wherever_they_stand()
    {
        var members = Sample()[1..^1].Split(",\"").Select((member, at) => at == 0 ? member : "\"" + member).ToArray();
        for (var at = 1; at < members.Length; at++)
        {
            var moved = members.ToArray();
            (moved[at - 1], moved[at]) = (moved[at], moved[at - 1]);
            Refused(RefusalCode.RequestMalformed, "{" + string.Join(',', moved) + "}", members[at]);
        }
    }

    [Fact]
    public void A_quote_and_a_backslash_are_escaped_one_way()
    {
        var escaped = Sample().Replace("rent", "r\\\"e\\\\nt", StringComparison.Ordinal);
        Assert.Contains("r\"e\\nt", RequestDocument.Parse(Encoding.UTF8.GetBytes(escaped)).Value.Request.Purpose, StringComparison.Ordinal);
        Refused(RefusalCode.RequestMalformed, escaped.Replace("\\\"", "\\u0022", StringComparison.Ordinal), "a quote as a number");
        Refused(RefusalCode.RequestMalformed, Sample().Replace("rent", "r\\/nt", StringComparison.Ordinal), "a slash that needs no escape");
    }

    [Fact]
    public void Each_member_is_needed()
    {
        var sample = Sample();
        foreach (var member in new[] { "requestId", "cluster", "policy", "revocations", "expires", "purpose", "key", "path", "digest" })
        {
            var start = sample.IndexOf($"\"{member}\":\"", StringComparison.Ordinal);
            var end = sample.IndexOf("\",\"", start, StringComparison.Ordinal);
            end = end < 0 ? sample.IndexOf("\",", start, StringComparison.Ordinal) : end;
            Refused(RefusalCode.RequestMalformed, sample.Remove(start, end + 2 - start), member);
        }
    }

    [Fact]
    public void An_unknown_action_is_told_by_its_own_code() =>
        Refused(RefusalCode.RequestAction, Sample().Replace("\"sign\"", "\"sing\"", StringComparison.Ordinal), "action");

    [Fact]
    public void A_request_over_64_KiB_is_refused_before_it_is_read() =>
        Refused(RefusalCode.InputTooLarge, "{" + new string(' ', 64 * 1024) + "}", "size");

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused() =>
        Assert.Equal(RefusalCode.RequestMalformed, RequestDocument.Parse([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]).Refusal?.Code);

    [Fact]
    public void Mutated_bytes_are_refused_or_are_another_request()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var sample = Encoding.UTF8.GetBytes(Sample());
        for (var round = 0; round < 20_000; round++)
        {
            var mutated = sample.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--) mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            if (!RequestDocument.Parse(mutated).Is(out var document, out _)) continue;
            Assert.Equal(mutated, document.Utf8.ToArray());
            Assert.Equal(mutated, RequestDocument.Of(document.Request).Utf8.ToArray());
        }
    }

    [Theory]
    [InlineData(1, RefusalCode.RequestExpired)]
    [InlineData(0, null)]
    [InlineData(-7 * 24 * 3600, null)]
    [InlineData((-7 * 24 * 3600) - 1, RefusalCode.RequestExpiryTooFar)]
    public void A_request_lives_until_it_expires_and_at_most_seven_days(int secondsPastExpiry, RefusalCode? expected)
    {
        var document = RequestDocument.Of(RequestSamples.All["sign-digest"]);
        Assert.Equal(expected, document.CheckTime(RequestSamples.Expires.AddSeconds(secondsPastExpiry)).Refusal?.Code);
    }

    [Fact]
    public void A_purpose_that_can_not_be_shown_plainly_is_never_written()
    {
        var request = RequestSamples.All["sign-digest"] with { Purpose = "pay \u202Eecila" };
        Assert.Throws<FormatException>(() => RequestDocument.Of(request));
    }

    private static string Sample() => RequestSamples.Json(RequestSamples.All["sign-digest"]);

    private static void Refused(RefusalCode code, string json, string what)
    {
        var outcome = RequestDocument.Parse(Encoding.UTF8.GetBytes(json));
        Assert.True(outcome.Refusal?.Code == code, $"{what}: {outcome.Refusal?.ToString() ?? "accepted"}");
    }
}
