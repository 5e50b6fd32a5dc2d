using System.Net;
using System.Net.Http.Headers;
using System.Text;
using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>Bad input: the right problem, the right status, nothing passed on.</summary>
public sealed class InputTests : IClassFixture<RelayFixture>, IDisposable
{
    private const string Good = """{"request":"0x7b7d"}""";

    private readonly TestRelay _relay;
    private readonly HttpClient _http;

    public InputTests(RelayFixture fixture)
    {
        _relay = fixture.Relay;
        _http = _relay.Raw(fixture.Authorities.Client("raw"));
        _relay.Grid.Calls.Clear();
    }

    public static TheoryData<string> Bodies =>
    [
        "", "   ", "null", "[]", "\"text\"", "{", "{}", """{"request":"0x7b7d"} {}""", """{"request":"0x7b7d",}""", """{"request":"0x7b7d" /* why */}""",
        """{"request":"7b7d"}""", """{"request":"0x7B7D"}""", """{"request":"0x7b7"}""", """{"request":"0xzz"}""", """{"request":null}""", """{"request":5}""",
        """{"request":["0x7b7d"]}""", """{"request":"0x7b7d","request":"0x7b7d"}""", """{"Request":"0x7b7d"}""", """{"request":"0x7b7d","more":1}""",
        """{"request":"0x7b7d","document":"hex"}""", """{"request":"0x\ud800"}""", "\ufeff{\"request\":\"0x7b7d\"}",
    ];

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_body_that_is_not_what_the_resource_takes(string body)
    {
        using var response = await _http.PostAsync("/v1/requests", TestRelay.Json(body));
        await Problems.AssertAsync(response, HttpStatusCode.BadRequest, RefusalCode.InputMalformed);
        Assert.Empty(_relay.Grid.Calls);
    }

    [Fact]
    public async Task The_detail_says_where_and_what()
    {
        using var response = await _http.PostAsync("/v1/requests", TestRelay.Json("""{"request":"zz"}"""));
        var detail = await Problems.AssertAsync(response, HttpStatusCode.BadRequest, RefusalCode.InputMalformed);
        Assert.Contains("$.request", detail, StringComparison.Ordinal);
        Assert.Contains("0x", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8()
    {
        var content = new ByteArrayContent([(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)'}']) { Headers = { ContentType = new("application/json") } };
        using var response = await _http.PostAsync("/v1/requests", content);
        await Problems.AssertAsync(response, HttpStatusCode.BadRequest, RefusalCode.InputMalformed);
    }

    [Fact]
    public async Task Nesting_without_end()
    {
        var deep = """{"request":""" + new string('[', 5000) + new string(']', 5000) + "}";
        using var response = await _http.PostAsync("/v1/requests", TestRelay.Json(deep));
        await Problems.AssertAsync(response, HttpStatusCode.BadRequest, RefusalCode.InputMalformed);
    }

    [Fact]
    public async Task A_body_of_just_the_largest_size_is_read()
    {
        var shell = """{"request":"0x"}""";
        var body = shell.Insert(shell.Length - 2, new string('a', (1 << 20) - shell.Length));
        using var response = await _http.PostAsync("/v1/requests", TestRelay.Json(body));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_is_too_large_announced_or_not(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/requests") { Content = TestRelay.Json(new string(' ', (1 << 20) + 1)) };
        request.Headers.TransferEncodingChunked = chunked;

        // The relay answers an announced length at once and closes: a client that was still sending could miss the answer.
        if (!chunked) request.Headers.ExpectContinue = true;
        using var response = await _http.SendAsync(request);
        await Problems.AssertAsync(response, HttpStatusCode.RequestEntityTooLarge, RefusalCode.InputTooLarge);
        Assert.Empty(_relay.Grid.Calls);
    }

    public static TheoryData<string> MediaTypes =>
        ["", "text/plain", "application/jsonp", "application/json; charset=utf-16", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/problem+json"];

    [Theory, MemberData(nameof(MediaTypes))]
    public async Task A_body_of_another_kind(string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        if (type.Length > 0) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await _http.PostAsync("/v1/requests", content);
        await Problems.AssertAsync(response, HttpStatusCode.UnsupportedMediaType, RefusalCode.InputUnsupported);
        Assert.Empty(_relay.Grid.Calls);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task An_encoded_body(string encoding)
    {
        var content = TestRelay.Json(Good);
        content.Headers.ContentEncoding.Add(encoding);
        using var response = await _http.PostAsync("/v1/requests", content);
        await Problems.AssertAsync(response, HttpStatusCode.UnsupportedMediaType, RefusalCode.InputUnsupported);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;charset=\"UTF-8\"")]
    public async Task JSON_by_its_other_spellings(string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        using var response = await _http.PostAsync("/v1/requests", content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public static TheoryData<string> Paths =>
    [
        "/v1/clusters/0", "/v1/clusters/01", "/v1/clusters/-1", "/v1/clusters/4294967296", "/v1/clusters/one", "/v1/clusters/1%2F2",
        "/v1/clusters/1/nodes/0", "/v1/clusters/1/nodes/x", "/v1/clusters/0/nodes/1", "/v1/clusters/1/keys/Upper", "/v1/clusters/1/keys/1st",
        "/v1/clusters/1/keys/a%20b", "/v1/clusters/x/keys", "/v1/requests/1", "/v1/requests/0B5F3C1E-9A67-4C58-8E7F-1D2C3B4A5968",
        "/v1/requests/0b5f3c1e9a674c588e7f1d2c3b4a5968", "/v1/clusters/1/keys/main/accounts", "/v1/clusters/1/keys/main/accounts?path=",
        "/v1/clusters/1/keys/main/accounts?path=44/60", "/v1/clusters/1/keys/main/accounts?path=m/2147483648", "/v1/clusters/1/keys/main/accounts?path=m/44h",
        "/v1/clusters/1/keys/main/accounts?path=m/1/2/3/4/5/6/7/8/9/10/11",
    ];

    [Theory, MemberData(nameof(Paths))]
    public async Task A_path_with_something_wrong_in_it(string path)
    {
        using var response = await _http.GetAsync(path);
        await Problems.AssertAsync(response, HttpStatusCode.BadRequest, RefusalCode.InputMalformed);
        Assert.Empty(_relay.Grid.Calls);
    }

    public static TheoryData<string> Queries =>
    [
        "/v1/requests?limit=0", "/v1/requests?limit=501", "/v1/requests?limit=-1", "/v1/requests?limit=07", "/v1/requests?limit=1e2", "/v1/requests?limit=",
        "/v1/requests?limit=99999999999999999999", "/v1/requests?after=", "/v1/requests?after=%00", "/v1/requests?after=%E2%80%AE", "/v1/requests?state=none",
        "/v1/requests?cluster=0", "/v1/requests?caller=alice", "/v1/requests?Limit=5", "/v1/requests?page=2", "/v1/requests?limit=5&limit=6",
        "/v1/clusters/1/keys?cluster=2", "/v1/clusters/1/keys?limit=x", "/v1/grid?x=1", "/v1/clusters/1/keys/main/accounts?path=m&path=m",
    ];

    [Theory, MemberData(nameof(Queries))]
    public async Task A_query_that_asks_for_no_page(string path)
    {
        using var response = await _http.GetAsync(path);
        await Problems.AssertAsync(response, HttpStatusCode.BadRequest, RefusalCode.PageInvalid);
        Assert.Empty(_relay.Grid.Calls);
    }

    [Fact]
    public async Task A_mark_that_is_too_long()
    {
        using var response = await _http.GetAsync("/v1/requests?after=" + new string('a', 257));
        await Problems.AssertAsync(response, HttpStatusCode.BadRequest, RefusalCode.PageInvalid);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/v1/nothing")]
    [InlineData("/v2/grid")]
    [InlineData("/v1/clusters/1/nodes")]
    public async Task A_resource_that_is_not_there(string path)
    {
        using var response = await _http.GetAsync(path);
        await Problems.AssertAsync(response, HttpStatusCode.NotFound, RefusalCode.ResourceUnknown);
    }

    [Fact]
    public async Task A_method_that_the_resource_does_not_take()
    {
        using var response = await _http.DeleteAsync("/v1/requests");
        await Problems.AssertAsync(response, HttpStatusCode.MethodNotAllowed, RefusalCode.ResourceUnknown);
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task A_body_where_none_belongs()
    {
        using var response = await _http.PostAsync("/v1/clusters/1/sync", TestRelay.Json("{}"));
        await Problems.AssertAsync(response, HttpStatusCode.BadRequest, RefusalCode.InputMalformed);
        Assert.Empty(_relay.Grid.Calls);
    }

    [Theory]
    [InlineData(100, 10)]
    [InlineData(20, 1000)]
    public async Task A_flood_of_headers(int count, int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/grid");
        for (var i = 0; i < count; i++) request.Headers.Add($"X-Flood-{i}", new string('a', length));
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
        Assert.Empty(_relay.Grid.Calls);
    }

    [Fact]
    public async Task Whatever_breaks_behind_the_relay_shows_nothing_of_itself()
    {
        _relay.Grid.Before = (_, _) => throw new InvalidOperationException("VaultGrid.Grains.SomeGrain: secret inner workings");
        try
        {
            using var response = await _http.GetAsync("/v1/clusters/1");
            var detail = await Problems.AssertAsync(response, HttpStatusCode.ServiceUnavailable, RefusalCode.GridUnavailable);
            Assert.DoesNotContain("inner workings", detail, StringComparison.Ordinal);
        }
        finally
        {
            _relay.Grid.Before = (_, _) => Task.FromResult<Refusal?>(null);
        }
    }

    [Fact]
    public void Every_code_has_a_status() => Assert.All(Enum.GetValues<RefusalCode>(), code => Assert.InRange(ProblemStatus.Of(code), 400, 503));

    public void Dispose() => _http.Dispose();
}
