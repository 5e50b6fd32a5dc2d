using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>Relays that no network connects: every call of the interface goes over the gap and back.</summary>
public sealed class ChannelCallTests(ChannelFixture fixture) : IClassFixture<ChannelFixture>
{
    public static TheoryData<string> Methods => [.. RoundTripTests.Calls.Keys];

    public static TheoryData<string> TrustMethods => [.. TrustRoundTripTests.Calls.Keys];

    public static TheoryData<string> SharedKeyMethods => [.. SharedKeyRoundTripTests.Calls.Keys];

    [Theory, MemberData(nameof(Methods))]
    public Task Every_kind_of_call_goes_through_a_channel_and_back(string method) => GoesAsync(method, client => RoundTripTests.Calls[method](client));

    [Theory, MemberData(nameof(TrustMethods))]
    public Task So_does_every_call_about_Trusts_and_Domains(string method) => GoesAsync(method, client => TrustRoundTripTests.Calls[method](client.Trusts));

    [Theory, MemberData(nameof(SharedKeyMethods))]
    public Task So_does_every_call_about_shared_keys(string method) => GoesAsync(method, client => SharedKeyRoundTripTests.Calls[method](client.SharedKeys));

    private async Task GoesAsync(string method, Func<VaultGridClient, Task<(object Answer, object?[] Arguments)>> ask)
    {
        var site = fixture.Site;
        site.Inner.Grid.Calls.Clear();
        var (answer, arguments) = await site.WhileServingAsync(() => ask(fixture.Client));
        Same.Assert(typeof(Filled).GetMethod(nameof(Filled.Of))!.MakeGenericMethod(answer.GetType()).Invoke(null, []), answer);

        var call = Assert.Single(site.Inner.Grid.Calls);
        Assert.Equal((method, "vaultgrid://client/backend", "vaultgrid://relay/hand"), (call.Method, call.Caller.Identity.Uri, call.Caller.Relay?.Uri));
        Same.Assert(arguments, call.Arguments);
        Assert.Empty(site.Channel.Requests);
        Assert.Empty(site.Channel.Answers);
    }
}
