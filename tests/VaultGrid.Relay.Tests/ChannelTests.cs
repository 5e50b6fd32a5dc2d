using System.Security.Cryptography;
using VaultGrid.Channels;
using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>Relays that no network connects: what is late, comes again or is hostile.</summary>
public sealed class ChannelTests : IAsyncLifetime
{
    private readonly TestAuthorities _authorities = new();
    private ChannelSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ChannelSite.StartAsync(_authorities);

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _authorities.Dispose();
    }

    [Fact]
    public async Task A_refusal_comes_back_as_it_is()
    {
        var refusal = new Refusal(RefusalCode.ApprovalQuorum, "two of three are needed");
        _site.Inner.Grid.Before = (_, _) => Task.FromResult<Refusal?>(refusal);
        var client = _site.Outer.Connect(_authorities.Client("backend"));
        Assert.Equal(refusal, (await _site.WhileServingAsync(() => client.ExecuteAsync(Filled.Of<RequestId>(), default))).Refusal);
    }

    [Fact]
    public async Task A_call_that_is_not_answered_in_time_waits_and_is_carried_out_once()
    {
        await using var site = await ChannelSite.StartAsync(_authorities, TimeSpan.FromMilliseconds(50));
        var client = site.Outer.Connect(_authorities.Client("backend"));
        for (var turn = 0; turn < 3; turn++)
            Assert.Equal(RefusalCode.ChannelWaiting, (await client.ExecuteAsync(Filled.Of<RequestId>(), default)).Refusal?.Code);

        Assert.Single(site.Channel.Requests);
        Assert.Null(Assert.Single(await site.Server.ServeAsync(default)).Refusal);
        Assert.Empty(await site.Server.ServeAsync(default));
        Same.Assert(Filled.Of<RequestStatus>(), (await client.ExecuteAsync(Filled.Of<RequestId>(), default)).Value);
        Assert.Single(site.Inner.Grid.Calls);

        // The next call is a new one.
        Assert.Equal(RefusalCode.ChannelWaiting, (await client.ExecuteAsync(Filled.Of<RequestId>(), default)).Refusal?.Code);
        await site.Server.ServeAsync(default);
        Assert.Equal(2, site.Inner.Grid.Calls.Count);
    }

    [Fact]
    public async Task A_message_that_comes_again_gets_the_answer_of_then_also_after_a_restart()
    {
        var (subject, message, asked) = Message();
        _site.Channel.Put(subject, message);
        Assert.Null(Assert.Single(await _site.Server.ServeAsync(default)).Refusal);
        var first = _site.Channel.Answer(subject)!.Value.Value.ToBytes();
        _site.Channel.DropAnswer(subject);

        using var restarted = _site.Serve(_site.Channel);
        Assert.True(Assert.Single(await restarted.ServeAsync(default)).IsRepeated);
        Assert.Equal(first, _site.Channel.Answer(subject)!.Value.Value.ToBytes());
        Assert.Single(_site.Inner.Grid.Calls);

        // The id of an answered message in another one.
        var other = asked with { Route = "v1/clusters/3" };
        _site.Channel.Put(other.Subject, Signed(other));
        Assert.Equal(RefusalCode.CallReplayed, (await restarted.ServeAsync(default)).Single(served => served.Subject == other.Subject).Refusal?.Code);

        // And when its time is over.
        _site.Channel.DropRequest(other.Subject);
        _site.Channel.DropAnswer(subject);
        _authorities.Time.Shift = TimeSpan.FromHours(2);
        Assert.Equal(RefusalCode.CallExpired, Assert.Single(await restarted.ServeAsync(default)).Refusal?.Code);
        Assert.Single(_site.Inner.Grid.Calls);
    }

    [Fact]
    public async Task Hostile_messages_are_refused_by_name_and_nothing_is_carried_out()
    {
        var (_, good, asked) = Message();
        using var stranger = new TestAuthorities();
        using var foreign = stranger.Relay("outer").Open();
        using var client = _authorities.Client("backend").Open();
        using var other = _authorities.Relay("other").Open();
        var changed = good.Content.ToArray();
        changed[^1] ^= 1;
        (RefusalCode Code, ChannelMessage Message)[] hostile =
        [
            (RefusalCode.CallerUnauthenticated, good with { Content = changed }),
            (RefusalCode.CertificateUntrusted, ChannelMessage.Sign(good.Content, foreign)),
            (RefusalCode.CertificateRole, ChannelMessage.Sign(good.Content, client)),
            (RefusalCode.CallerRefused, ChannelMessage.Sign(good.Content, other)),
            (RefusalCode.CallerRefused, ChannelMessage.Sign((asked with { From = "vaultgrid://relay/other" }).ToBytes(), other)),
            (RefusalCode.CallerRefused, Signed(asked with { To = "vaultgrid://relay/another" })),
            (RefusalCode.CallExpired, Signed(asked with { Made = asked.Made.AddHours(-2), Expires = asked.Made.AddHours(-1) })),
            (RefusalCode.CallInvalid, Signed(asked with { Made = asked.Made.AddHours(1), Expires = asked.Made.AddHours(2) })),
            (RefusalCode.CallInvalid, Signed(asked with { Expires = asked.Made.AddDays(8) })),
            (RefusalCode.CallerRefused, Signed(asked with { Hops = 9 })),
            (RefusalCode.InputMalformed, Signed(asked with { Route = "v1/../metrics" })),
            (RefusalCode.InputMalformed, Signed(asked with { Route = "health/live" })),
            (RefusalCode.InputMalformed, Signed(asked with { Route = "v1/grid HTTP/1.1\r\nx: y" })),
            (RefusalCode.InputMalformed, Signed(asked with { Method = "DELETE" })),
            (RefusalCode.InputMalformed, Signed(asked with { Body = new byte[ChannelRequest.BodyLimit + 1] })),
            (RefusalCode.InputMalformed, ChannelMessage.Sign(new byte[] { 1, 2, 3 }, other)),
        ];
        foreach (var (code, message) in hostile)
        {
            var name = new Hash256(RandomNumberGenerator.GetBytes(32));
            _site.Channel.Put(name, message.IsAnswer ? throw new InvalidOperationException() : message);
            var served = Assert.Single(await _site.Server.ServeAsync(default));
            Assert.True(served.Refusal?.Code == code, $"expected {code}, got {served.Refusal}");
            Assert.Empty(_site.Channel.Requests);
        }

        // A good message under another name, and what is no message at all.
        _site.Channel.Put(new Hash256(RandomNumberGenerator.GetBytes(32)), good);
        Assert.Equal(RefusalCode.InputMalformed, Assert.Single(await _site.Server.ServeAsync(default)).Refusal?.Code);
        var files = Path.Combine(_site.Channel.Path, "requests");
        foreach (var bytes in new[] { [], [1], RandomNumberGenerator.GetBytes(1000), new byte[ChannelMessage.Limit + 1] })
        {
            File.WriteAllBytes(Path.Combine(files, new string('a', 64) + ".vgm"), bytes);
            Assert.NotNull(Assert.Single(await _site.Server.ServeAsync(default)).Refusal);
        }

        File.WriteAllBytes(Path.Combine(files, "what-is-this.vgm"), [1]);
        Assert.Empty(await _site.Server.ServeAsync(default));
        Assert.Empty(_site.Inner.Grid.Calls);
    }

    [Fact]
    public async Task A_false_answer_is_no_answer()
    {
        await using var site = await ChannelSite.StartAsync(_authorities, TimeSpan.FromMilliseconds(50));
        var client = site.Outer.Connect(_authorities.Client("backend"));
        Assert.Equal(RefusalCode.ChannelWaiting, (await client.GetGridAsync(default)).Refusal?.Code);
        var subject = Assert.Single(site.Channel.Requests);
        Assert.Null(Assert.Single(await site.Server.ServeAsync(default)).Refusal);
        var real = site.Channel.Answer(subject)!.Value.Value;
        var answer = ChannelAnswer.Parse(real.Content.Span).Value;
        using var other = _authorities.Relay("other").Open();
        using var hand = _authorities.Relay("hand").Open();
        ChannelMessage[] wrong =
        [
            ChannelMessage.Sign(real.Content, other),
            real with { Signature = new byte[70] },
            ChannelMessage.Sign((answer with { Request = Hash256.Sha256([1]) }).ToBytes(), hand),
            ChannelMessage.Sign((answer with { To = "vaultgrid://relay/other" }).ToBytes(), hand),
            ChannelMessage.Sign((answer with { From = "vaultgrid://relay/other" }).ToBytes(), hand),
        ];
        foreach (var message in wrong)
        {
            site.Channel.Put(subject, message);
            Assert.Equal(RefusalCode.ChannelWaiting, (await client.GetGridAsync(default)).Refusal?.Code);
        }

        site.Channel.Put(subject, real);
        Same.Assert(Filled.Of<GridStatus>(), (await client.GetGridAsync(default)).Value);
    }

    private (Hash256 Subject, ChannelMessage Message, ChannelRequest Asked) Message()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(_authorities.Time.GetUtcNow().ToUnixTimeSeconds());
        var asked = new ChannelRequest
        {
            Id = new Hash256(RandomNumberGenerator.GetBytes(32)), From = "vaultgrid://relay/outer", To = "vaultgrid://relay/hand", Made = now, Expires = now.AddHours(1),
            Caller = "vaultgrid://client/backend", Hops = 1, Method = "GET", Route = "v1/grid", Body = default,
        };
        return (asked.Subject, Signed(asked), asked);
    }

    private ChannelMessage Signed(ChannelRequest request)
    {
        using var outer = _authorities.Relay("outer").Open();
        return ChannelMessage.Sign(request.ToBytes(), outer);
    }
}
