using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>Every method of the interface through the SDK, TLS, the relay and back, with every member of every message set.</summary>
public sealed class RoundTripTests(RelayFixture fixture) : IClassFixture<RelayFixture>
{
    private static readonly ClusterId Cluster = new(3);
    private static readonly KeyId Key = KeyId.Parse("treasury-1");
    private static readonly NodeId Node = NodeId.Parse("3/2");
    private static readonly RequestId Request = RequestId.Parse("0b5f3c1e-9a67-4c58-8e7f-1d2c3b4a5968");
    private static readonly RequestApproval[] Approvals = [Filled.Of<RequestApproval>(), Filled.Of<RequestApproval>()];

    internal delegate Task<(object Answer, object?[] Arguments)> Call(IVaultGrid grid);

    internal static readonly Dictionary<string, Call> Calls = new(StringComparer.Ordinal)
    {
        [nameof(IVaultGrid.GetGridAsync)] = async grid => (await grid.GetGridAsync(default).Value(), []),
        [nameof(IVaultGrid.GetClusterAsync)] = async grid => (await grid.GetClusterAsync(Cluster, default).Value(), [Cluster]),
        [nameof(IVaultGrid.GetNodeAsync)] = async grid => (await grid.GetNodeAsync(Node, default).Value(), [Node]),
        [nameof(IVaultGrid.ProvisionNodeAsync)] = async grid =>
            (await grid.ProvisionNodeAsync(Node, Filled.Of<NodeProvisioning>(), default).Value(), [Node, Filled.Of<NodeProvisioning>()]),
        [nameof(IVaultGrid.CertifyNodeAsync)] = async grid =>
            (await grid.CertifyNodeAsync(Node, Filled.Of<NodeCertification>(), default).Value(), [Node, Filled.Of<NodeCertification>()]),
        [nameof(IVaultGrid.GetWrapKeyAsync)] = async grid => (await grid.GetWrapKeyAsync(Node, Key, default).Value(), [Node, Key]),
        [nameof(IVaultGrid.PublishAuthoritiesAsync)] = async grid =>
            (await grid.PublishAuthoritiesAsync(Filled.Of<AuthorityFile>(), default).Value(), [Filled.Of<AuthorityFile>()]),
        [nameof(IVaultGrid.SubmitAsync)] = async grid => (await grid.SubmitAsync(Filled.Of<RequestSubmission>(), default).Value(), [Filled.Of<RequestSubmission>()]),
        [nameof(IVaultGrid.ApproveAsync)] = async grid => (await grid.ApproveAsync(Request, Approvals[0], default).Value(), [Request, Approvals[0]]),
        [nameof(IVaultGrid.ExecuteAsync)] = async grid => (await grid.ExecuteAsync(Request, default).Value(), [Request]),
        [nameof(IVaultGrid.ExecuteApprovedAsync)] = async grid =>
            (await grid.ExecuteApprovedAsync(Filled.Of<RequestSubmission>(), Approvals, default).Value(), [Filled.Of<RequestSubmission>(), Approvals]),
        [nameof(IVaultGrid.GetRequestAsync)] = async grid => (await grid.GetRequestAsync(Request, default).Value(), [Request]),
        [nameof(IVaultGrid.ListRequestsAsync)] = async grid => (await grid.ListRequestsAsync(Query, default).Value(), [Query]),
        [nameof(IVaultGrid.ListKeysAsync)] = async grid => (await grid.ListKeysAsync(Cluster, Page, default).Value(), [Cluster, Page]),
        [nameof(IVaultGrid.GetKeyAsync)] = async grid => (await grid.GetKeyAsync(Cluster, Key, default).Value(), [Cluster, Key]),
        [nameof(IVaultGrid.GetAccountAsync)] = async grid => (await grid.GetAccountAsync(Cluster, Key, Account, default).Value(), [Cluster, Key, Account]),
        [nameof(IVaultGrid.SynchroniseAsync)] = async grid => (await grid.SynchroniseAsync(Cluster, default).Value(), [Cluster]),
        [nameof(IVaultGrid.GetSessionAsync)] = async grid => (await grid.GetSessionAsync(Hash256.Sha256("a session"u8), default).Value(), [Hash256.Sha256("a session"u8)]),
        [nameof(IVaultGrid.AssignClusterAsync)] = async grid =>
            (await grid.AssignClusterAsync(Cluster, new ClusterAssignment("acme", 7), default).Value(), [Cluster, new ClusterAssignment("acme", 7)]),
        [nameof(IVaultGrid.StartKeyAuditAsync)] = async grid =>
            (await grid.StartKeyAuditAsync(Cluster, new KeyAuditOrder(true), default).Value(), [Cluster, new KeyAuditOrder(true)]),
        [nameof(IVaultGrid.GetKeyAuditAsync)] = async grid => (await grid.GetKeyAuditAsync(Cluster, default).Value(), [Cluster]),
        [nameof(IVaultGrid.AuditSignAsync)] = async grid => (await grid.AuditSignAsync(Cluster, Key, 2, Message, default).Value(), [Cluster, Key, 2u, Message]),
        [nameof(IVaultGrid.GetAuditLogAsync)] = async grid => (await grid.GetAuditLogAsync(Cluster, default).Value(), [Cluster]),
        [nameof(IVaultGrid.ListAuditAsync)] = async grid => (await grid.ListAuditAsync(Cluster, Page, default).Value(), [Cluster, Page]),
        [nameof(IVaultGrid.ProveAuditAsync)] = async grid => (await grid.ProveAuditAsync(Cluster, Proof, default).Value(), [Cluster, Proof]),
        [nameof(IVaultGrid.GetAuditHeadAsync)] = async grid => (await grid.GetAuditHeadAsync(Node, Nonce, default).Value(), [Node, Nonce]),
        [nameof(IVaultGrid.AttestNodeAsync)] = async grid => (await grid.AttestNodeAsync(Node, Nonce, default).Value(), [Node, Nonce]),
    };

    private static RequestQuery Query => new()
    {
        After = "mark & more=1", Limit = 17, Cluster = Cluster, State = "done", Caller = "vaultgrid://client/backend", Customer = "acme",
    };

    private static PageQuery Page => new() { After = "a/b?c", Limit = 500 };

    private static DerivationPath Account => DerivationPath.Parse("m/44'/60'/0'/0/0").Value;

    private static AuditProofQuery Proof => new() { Position = 17, First = 3, Size = long.MaxValue };

    private static ReadOnlyMemory<byte> Nonce => new byte[AuditHead.ShortestNonce];

    private static ReadOnlyMemory<byte> Message => new byte[] { 1, 2, 3 };

    public static TheoryData<string> Methods => [.. Calls.Keys];

    [Fact]
    public void Every_method_is_here() => Assert.Equal(
        typeof(IVaultGrid).GetMethods().Where(method => !method.IsSpecialName).Select(method => method.Name).Except([nameof(IVaultGrid.GetAuthoritiesAsync)]).Order(), Calls.Keys.Order());

    [Theory, MemberData(nameof(Methods))]
    public async Task A_call_and_its_answer_arrive_whole(string method)
    {
        var client = fixture.Relay.Connect(fixture.Authorities.Client("round-trip"));
        fixture.Relay.Grid.Calls.Clear();

        var (answer, arguments) = await Calls[method](client);

        var call = Assert.Single(fixture.Relay.Grid.Calls);
        Assert.Equal(method, call.Method + (call.Method.EndsWith("Async", StringComparison.Ordinal) ? "" : "Async"));
        Assert.Equal("vaultgrid://client/round-trip", call.Caller.Identity.Uri);
        Assert.Null(call.Caller.Relay);
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
            var (answer, _) = await Calls[method](client);
            Same.Assert(typeof(Filled).GetMethod(nameof(Filled.Sparse))!.MakeGenericMethod(answer.GetType()).Invoke(null, []), answer);
        }
        finally
        {
            fixture.Relay.Grid.Sparse = false;
        }
    }

    [Fact]
    public async Task The_bundle_of_authorities_arrives_whole()
    {
        var client = fixture.Relay.Connect(fixture.Authorities.Client("round-trip"));
        Assert.Equal(fixture.Relay.Grid.Authorities, (await client.GetAuthoritiesAsync(default).Value()).Pem);
    }

    [Fact]
    public async Task What_is_left_out_arrives_as_nothing()
    {
        var client = fixture.Relay.Connect(fixture.Authorities.Client("round-trip"));
        fixture.Relay.Grid.Calls.Clear();

        await client.SubmitAsync(new RequestSubmission(Message), default).Value();
        await client.AuditSignAsync(Cluster, Key, node: null, ReadOnlyMemory<byte>.Empty, default).Value();
        await client.ListRequestsAsync(new RequestQuery(), default).Value();

        Assert.Collection(
            fixture.Relay.Grid.Calls,
            call => Same.Assert(new object?[] { new RequestSubmission(Message) }, call.Arguments),
            call => Same.Assert(new object?[] { Cluster, Key, null, ReadOnlyMemory<byte>.Empty }, call.Arguments),
            call => Same.Assert(new object?[] { new RequestQuery() }, call.Arguments));
    }

    public static TheoryData<RefusalCode> Codes => [.. Enum.GetValues<RefusalCode>()];

    [Theory, MemberData(nameof(Codes))]
    public async Task A_refusal_arrives_as_the_same_refusal(RefusalCode code)
    {
        var refusal = new Refusal(code, "a sentence with \"quotes\" and \u00fc");
        var client = fixture.Relay.Connect(fixture.Authorities.Client("refused"));
        fixture.Relay.Grid.Before = (call, _) => Task.FromResult(call.Caller.Identity.Name == "refused" ? refusal : null);
        Assert.Equal(refusal, (await client.GetKeyAsync(Cluster, Key, default)).Refusal);
    }
}
