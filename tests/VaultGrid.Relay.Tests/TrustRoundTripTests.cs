using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>Every method of the Trusts' interface through the SDK, TLS, the relay and back, with every member of every message set.</summary>
public sealed class TrustRoundTripTests(RelayFixture fixture) : IClassFixture<RelayFixture>
{
    private static readonly Hash256 Trust = Hash256.Sha256([1]);
    private static readonly TrustId Chain = new(Guid.Parse("0b5f3c1e-9a67-4c58-8e7f-1d2c3b4a5968"));
    private static readonly DomainId Domain = new(Guid.Parse("1b5f3c1e-9a67-4c58-8e7f-1d2c3b4a5969"));
    private static readonly NodeId Node = NodeId.Parse("3/2");

    internal delegate Task<(object Answer, object?[] Arguments)> Call(ITrustGrid grid);

    internal static readonly Dictionary<string, Call> Calls = new(StringComparer.Ordinal)
    {
        [nameof(ITrustGrid.FileTrustAsync)] = async grid => (await grid.FileTrustAsync(Filled.Of<TrustSubmission>(), default).Value(), [Filled.Of<TrustSubmission>()]),
        [nameof(ITrustGrid.GetTrustAsync)] = async grid => (await grid.GetTrustAsync(Trust, default).Value(), [Trust]),
        [nameof(ITrustGrid.ListTrustsAsync)] = async grid => (await grid.ListTrustsAsync(Trusts, default).Value(), [Trusts]),
        [nameof(ITrustGrid.SignTrustAsync)] = async grid => (await grid.SignTrustAsync(Trust, Filled.Of<TrustSignature>(), default).Value(), [Trust, Filled.Of<TrustSignature>()]),
        [nameof(ITrustGrid.ApproveTrustAsync)] = async grid => (await grid.ApproveTrustAsync(Trust, Filled.Of<TrustApproval>(), default).Value(), [Trust, Filled.Of<TrustApproval>()]),
        [nameof(ITrustGrid.SealTrustAsync)] = async grid => (await grid.SealTrustAsync(Trust, new TrustSealing(Node), default).Value(), [Trust, new TrustSealing(Node)]),
        [nameof(ITrustGrid.VerifyTrustAsync)] = async grid => (await grid.VerifyTrustAsync(Filled.Of<DocumentSubmission>(), default).Value(), [Filled.Of<DocumentSubmission>()]),
        [nameof(ITrustGrid.GetChainAsync)] = async grid => (await grid.GetChainAsync(Chain, default).Value(), [Chain]),
        [nameof(ITrustGrid.StartRewrapAsync)] = async grid => (await grid.StartRewrapAsync(Chain, default).Value(), [Chain]),
        [nameof(ITrustGrid.GetRewrapAsync)] = async grid => (await grid.GetRewrapAsync(Chain, default).Value(), [Chain]),
        [nameof(ITrustGrid.NewHsmKeyAsync)] = async grid => (await grid.NewHsmKeyAsync(Chain, Filled.Of<HsmKeyRequest>(), default).Value(), [Chain, Filled.Of<HsmKeyRequest>()]),
        [nameof(ITrustGrid.ListHsmKeysAsync)] = async grid => (await grid.ListHsmKeysAsync(Hsms, default).Value(), [Hsms]),
        [nameof(ITrustGrid.RetireHsmAsync)] = async grid => (await grid.RetireHsmAsync(Chain, Node, default).Value(), [Chain, Node]),
        [nameof(ITrustGrid.ListOperatorsAsync)] = async grid => (await grid.ListOperatorsAsync(Page, default).Value(), [Page]),
        [nameof(ITrustGrid.RegisterOperatorAsync)] = async grid =>
            (await grid.RegisterOperatorAsync(Filled.Of<OperatorRegistration>(), default).Value(), [Filled.Of<OperatorRegistration>()]),
        [nameof(ITrustGrid.StoreDomainAsync)] = async grid => (await grid.StoreDomainAsync(Filled.Of<DocumentSubmission>(), default).Value(), [Filled.Of<DocumentSubmission>()]),
        [nameof(ITrustGrid.GetDomainAsync)] = async grid => (await grid.GetDomainAsync(Domain, default).Value(), [Domain]),
        [nameof(ITrustGrid.ListDomainsAsync)] = async grid => (await grid.ListDomainsAsync(Domains, default).Value(), [Domains]),
        [nameof(ITrustGrid.GetSessionKeyAsync)] = async grid => (await grid.GetSessionKeyAsync(Node, default).Value(), [Node]),
        [nameof(ITrustGrid.RetireDomainAsync)] = async grid => (await grid.RetireDomainAsync(Domain, Filled.Of<DomainCall>(), default).Value(), [Domain, Filled.Of<DomainCall>()]),
        [nameof(ITrustGrid.CallDomainAsync)] = async grid => (await grid.CallDomainAsync(Domain, Filled.Of<DomainCall>(), default).Value(), [Domain, Filled.Of<DomainCall>()]),
        [nameof(ITrustGrid.VerifyDomainAsync)] = async grid => (await grid.VerifyDomainAsync(Filled.Of<DocumentSubmission>(), default).Value(), [Filled.Of<DocumentSubmission>()]),
    };

    private static PageQuery Page => new() { After = "vaultgrid://operator/3 0x11", Limit = 500 };

    private static TrustQuery Trusts => new() { After = "17", Limit = 9, Chain = Chain, State = "unsigned", Operator = "vaultgrid://operator/3" };

    private static HsmKeyQuery Hsms => new() { After = "1/2.x", Limit = 9, Chain = Chain };

    private static DomainQuery Domains => new() { After = "1.2", Limit = 9, Chain = Chain, Owner = "vaultgrid://operator/3", Below = 7 };

    public static TheoryData<string> Methods => [.. Calls.Keys];

    [Fact]
    public void Every_method_is_here() => Assert.Equal(typeof(ITrustGrid).GetMethods().Select(method => method.Name).Order(), Calls.Keys.Order());

    [Theory, MemberData(nameof(Methods))]
    public async Task A_call_and_its_answer_arrive_whole(string method)
    {
        var client = fixture.Relay.Connect(fixture.Authorities.Client("round-trip"));
        fixture.Relay.Grid.Calls.Clear();

        var (answer, arguments) = await Calls[method](client.Trusts);

        var call = Assert.Single(fixture.Relay.Grid.Calls);
        Assert.Equal(method, call.Method);
        Assert.Equal("vaultgrid://client/round-trip", call.Caller.Identity.Uri);
        Same.Assert(arguments, call.Arguments);
        Same.Assert(typeof(Filled).GetMethod(nameof(Filled.Of))!.MakeGenericMethod(answer.GetType()).Invoke(null, []), answer);
    }

    [Theory, MemberData(nameof(Methods))]
    public async Task An_answer_with_nothing_but_what_it_must_have_arrives(string method)
    {
        var client = fixture.Relay.Connect(fixture.Authorities.Client("round-trip"));
        fixture.Relay.Grid.Sparse = true;
        try
        {
            var (answer, _) = await Calls[method](client.Trusts);
            Same.Assert(typeof(Filled).GetMethod(nameof(Filled.Sparse))!.MakeGenericMethod(answer.GetType()).Invoke(null, []), answer);
        }
        finally
        {
            fixture.Relay.Grid.Sparse = false;
        }
    }

    [Fact]
    public async Task What_is_left_out_arrives_as_nothing()
    {
        var client = fixture.Relay.Connect(fixture.Authorities.Client("round-trip"));
        fixture.Relay.Grid.Calls.Clear();
        await client.Trusts.SealTrustAsync(Trust, new TrustSealing(), default).Value();
        await client.Trusts.ListTrustsAsync(new TrustQuery(), default).Value();
        await client.Trusts.ListDomainsAsync(new DomainQuery(), default).Value();
        Assert.Collection(
            fixture.Relay.Grid.Calls,
            call => Same.Assert(new object?[] { Trust, new TrustSealing() }, call.Arguments),
            call => Same.Assert(new object?[] { new TrustQuery() }, call.Arguments),
            call => Same.Assert(new object?[] { new DomainQuery() }, call.Arguments));
    }

    [Theory]
    [InlineData("v1/trusts?state=open", RefusalCode.PageInvalid)]
    [InlineData("v1/trusts?chain=1", RefusalCode.PageInvalid)]
    [InlineData("v1/trusts?operator=vaultgrid://admin/1", RefusalCode.PageInvalid)]
    [InlineData("v1/trusts/0x11", RefusalCode.InputMalformed)]
    [InlineData("v1/chains/0B5F3C1E-9A67-4C58-8E7F-1D2C3B4A5968", RefusalCode.InputMalformed)]
    [InlineData("v1/domains?below=3", RefusalCode.PageInvalid)]
    [InlineData("v1/domains?chain=0b5f3c1e-9a67-4c58-8e7f-1d2c3b4a5968&below=0", RefusalCode.PageInvalid)]
    [InlineData("v1/domains/x", RefusalCode.InputMalformed)]
    [InlineData("v1/hsms?node=1", RefusalCode.PageInvalid)]
    public async Task A_path_or_query_that_means_nothing_is_refused_at_the_door(string route, RefusalCode code)
    {
        using var http = fixture.Relay.Raw(fixture.Authorities.Client("round-trip"));
        fixture.Relay.Grid.Calls.Clear();
        using var response = await http.GetAsync(new Uri("/" + route, UriKind.Relative), TestContext.Current.CancellationToken);
        await Problems.AssertAsync(response, System.Net.HttpStatusCode.BadRequest, code);
        Assert.Empty(fixture.Relay.Grid.Calls);
    }
}
