using VaultGrid.Crypto.Bls12381;
using VaultGrid.Protocols;
using VaultGrid.Protocols.Frost;

namespace VaultGrid.Enclave.Tests;

/// <summary>Signatures of shared keys: any two of four enclaves, each of which checks for itself whether it may.</summary>
public sealed class SharedSigningTests
{
    private static readonly byte[] Text = Hash256.Sha256("message"u8).AsSpan().ToArray();

    public static TheoryData<KeyKind> Kinds => [KeyKind.FrostSecp256k1, KeyKind.Taproot, KeyKind.Ed25519, KeyKind.Bls];

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_administrators_approved_is_signed_by_any_two_and_ordinary_verifiers_accept_it(KeyKind kind)
    {
        await using var grid = await SharedGrid.StartAsync();
        var (ceremony, policy) = await MakeAsync(grid, kind);
        var request = Request(grid, ceremony, policy, Message(kind));
        foreach (var signers in (string[][])[["1/1", "2/2"], ["1/2", "2/1"], ["1/1", "1/2"]])
        {
            var session = await new SharedSession(grid, ceremony.Certified, Protocol(kind), signers).PlanAsync(SessionPurpose.Request, Hash256.Sha256(request.Request.Span).AsSpan().ToArray());
            await session.OpenAsync(request.Request, request.Approvals);
            var answer = await session.SignAsync("2/1", request.Request);
            Assert.Empty(answer.Culprits);
            Assert.True(Verifies(kind, answer, Text));
            Assert.True(PublicBytes.Equal(ceremony.Certified.Version.PublicKey.Span, answer.PublicKey.Span));
        }

        await grid["1/1"].RefusesAsync(RefusalCode.RequestMalformed, (await new SharedSession(grid, ceremony.Certified, Protocol(kind), "1/1", "2/2")
            .PlanAsync(SessionPurpose.Request, new byte[32])).Opening(request.Request, request.Approvals) with { Request = default });
        var short1 = await new SharedSession(grid, ceremony.Certified, Protocol(kind), "1/1", "2/2").PlanAsync(SessionPurpose.Request, Hash256.Sha256(request.Request.Span).AsSpan().ToArray());
        await grid["1/1"].RefusesAsync(RefusalCode.ApprovalQuorum, short1.Opening(request.Request, [request.Approvals[0]]));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_audit_signs_what_no_request_can_ask_for_and_shows_that_shares_work(KeyKind kind)
    {
        await using var grid = await SharedGrid.StartAsync();
        var (ceremony, _) = await MakeAsync(grid, kind);
        byte[] asked = [1, 2, 3, 4, 5, 6, 7, 8];
        var audit = await new SharedSession(grid, ceremony.Certified, Protocol(kind), "1/2", "2/1").PlanAsync(SessionPurpose.Audit, asked);
        await audit.OpenAsync(default);
        var answer = await audit.SignAsync("2/2", default);
        Assert.Empty(answer.Culprits);
        Assert.True(Verifies(kind, answer, AuditSignCall.DigestOf(asked).AsSpan().ToArray()));
        Assert.False(Verifies(kind, answer, asked));

        // Nor is it one under a request, nor one of more bytes.
        await grid["1/1"].RefusesAsync(RefusalCode.SessionMismatch, audit.Opening(new byte[] { 1 }));
        var longer = await new SharedSession(grid, ceremony.Certified, Protocol(kind), "1/1", "2/2").PlanAsync(SessionPurpose.Audit, new byte[9]);
        await grid["1/1"].RefusesAsync(RefusalCode.AuditTooLong, longer.Opening(default));
    }

    [Fact]
    public async Task A_client_whom_the_policy_permits_it_signs_by_a_call_and_nobody_else_does()
    {
        await using var grid = await SharedGrid.StartAsync();
        var (ops, other) = (new SharedClient(grid), new SharedClient(grid, "other"));
        var (ceremony, _) = await MakeAsync(grid, KeyKind.Ed25519, ops.May(KeyOperations.Sign));
        var call = ops.Sign(ceremony.Key, Message(KeyKind.Ed25519));
        var session = await new SharedSession(grid, ceremony.Certified, FrostProtocol.Name, "1/1", "2/2").PlanAsync(SessionPurpose.Request, call.Hash().AsSpan().ToArray());
        await session.OpenAsync(call.ToBytes());
        Assert.True(Verifies(KeyKind.Ed25519, await session.SignAsync("1/2", call.ToBytes()), Text));

        // Signers who failed are replaced under the same call.
        session = await new SharedSession(grid, ceremony.Certified, FrostProtocol.Name, "1/1", "2/1").PlanAsync(SessionPurpose.Request, call.Hash().AsSpan().ToArray());
        await session.OpenAsync(call.ToBytes());
        Assert.True(Verifies(KeyKind.Ed25519, await session.SignAsync("1/2", call.ToBytes()), Text));

        foreach (var (document, code) in (IEnumerable<(CallDocument, RefusalCode)>)
        [
            (other.Sign(ceremony.Key, Message(KeyKind.Ed25519)), RefusalCode.CallDenied),
            (ops.Sign(ceremony.Key, Message(KeyKind.Ed25519), "m/1"), RefusalCode.PolicyPath),
            (ops.Sign(ceremony.Key, Message(KeyKind.FrostSecp256k1)), RefusalCode.PolicyAlgorithm),
            (ops.Sign(ceremony.Key, Message(KeyKind.Ed25519), change: body => body with { Action = "key-decrypt" }), RefusalCode.CallDenied),
            (ops.Sign(ceremony.Key, Message(KeyKind.Ed25519), change: body => body with { Expires = body.Expires.AddHours(-1) }), RefusalCode.CallExpired),
            (ops.Sign(ceremony.Key, Message(KeyKind.Ed25519), change: body => body with { Clusters = ClusterSet.Of(2, 3) }), RefusalCode.RequestCluster),
            (call with { Parameters = other.Sign(ceremony.Key, Message(KeyKind.Ed25519), "m/0/1").Parameters }, RefusalCode.CallInvalid),
        ])
        {
            var denied = await new SharedSession(grid, ceremony.Certified, FrostProtocol.Name, "1/1", "2/2").PlanAsync(SessionPurpose.Request, document.Hash().AsSpan().ToArray());
            await grid["1/1"].RefusesAsync(code, denied.Opening(document.ToBytes()));
        }
    }

    [Fact]
    public async Task Nonces_that_were_prepared_sign_one_request_in_one_round()
    {
        await using var grid = await SharedGrid.StartAsync();
        var ops = new SharedClient(grid);
        var (ceremony, _) = await MakeAsync(grid, KeyKind.Taproot, ops.May(KeyOperations.Sign));
        var session = await new SharedSession(grid, ceremony.Certified, FrostProtocol.Name, "1/1", "2/2").PlanAsync(SessionPurpose.Presign, default);
        await session.OpenAsync(default);
        var call = ops.Sign(ceremony.Key, Message(KeyKind.Taproot), "m/0/5").ToBytes();
        var answer = await session.SignAsync("1/1", call, call);
        Assert.True(Verifies(KeyKind.Taproot, answer, Text));

        // The nonces are used up: another request for them ends the session and gets nothing.
        var second = ops.Sign(ceremony.Key, Message(KeyKind.Taproot) with { Bytes = new byte[32] }).ToBytes();
        var refused = await grid["1/1"].AskAsync(session.Step("1/1", second));
        Assert.Empty(refused.Packets);
        Assert.NotNull(refused.Failure);
        grid.Enclaves.Restart("2/2");
        await grid["2/2"].RefusesAsync(RefusalCode.SessionUnknown, session.Step("2/2", call));
    }

    [Fact]
    public async Task A_taproot_output_signs_with_its_tweak_and_another_key_does_not_verify()
    {
        await using var grid = await SharedGrid.StartAsync();
        var ops = new SharedClient(grid);
        var (ceremony, _) = await MakeAsync(grid, KeyKind.Taproot, ops.May(KeyOperations.Sign));
        var keys = new List<byte[]>();
        foreach (var tweak in (TaprootTweak[])[TaprootTweak.None, TaprootTweak.Key, TaprootTweak.Scripts(Hash256.Sha256([7]))])
        {
            var call = ops.Sign(ceremony.Key, Message(KeyKind.Taproot) with { Tweak = tweak });
            var session = await new SharedSession(grid, ceremony.Certified, FrostProtocol.Name, "1/2", "2/1").PlanAsync(SessionPurpose.Request, call.Hash().AsSpan().ToArray());
            await session.OpenAsync(call.ToBytes());
            var answer = await session.SignAsync("1/2", call.ToBytes());
            Assert.True(Verifies(KeyKind.Taproot, answer, Text));
            keys.Add(answer.PublicKey.ToArray());
        }

        var plain = SigningKey.Of(FrostSuite.Taproot, SharedKey.Parse(Crypto.Groups.PrimeGroup.Secp256k1, ceremony.Certified.Version.Shared.Span).Value);
        Assert.Equal(keys, [plain.Encoded, plain.TaprootOutput().Value.Encoded, plain.TaprootOutput(Hash256.Sha256([7])).Value.Encoded]);
    }

    [Fact]
    public async Task A_bad_share_names_its_signer_and_no_signature_leaves()
    {
        await using var grid = await SharedGrid.StartAsync();
        var ops = new SharedClient(grid);
        var (ceremony, _) = await MakeAsync(grid, KeyKind.Ed25519, ops.May(KeyOperations.Sign));
        var call = ops.Sign(ceremony.Key, Message(KeyKind.Ed25519)).ToBytes();
        var honest = await new SharedSession(grid, ceremony.Certified, FrostProtocol.Name, "1/1", "2/2").PlanAsync(SessionPurpose.Request, Hash256.Sha256(call).AsSpan().ToArray());
        await honest.OpenAsync(call);
        var packets = honest.Commitments.ToList();
        foreach (var signer in (string[])["1/1", "2/2"]) packets.AddRange((await grid[signer].AskAsync(honest.Step(signer, default))).Packets);

        // A coordinator that changes a share is told so; it can't make somebody else look guilty.
        var body = packets[3].Body.ToArray();
        body[^160] ^= 1;
        await grid["1/1"].RefusesAsync(RefusalCode.SessionMismatch, new AggregateCall(honest.Plan, call, [.. packets[..3], packets[3] with { Body = body }]));
        await grid["1/1"].RefusesAsync(RefusalCode.SessionMismatch, new AggregateCall(honest.Plan, call, [.. packets[..3]]));

        // A device that lies signs its share itself.
        var liar = new LyingDevice(grid.Grid.Leaf(grid.Grid.Clusters[1], Model.Certificates.CertificateIdentity.Device(NodeId.Parse("2/2"))));
        var session = await new SharedSession(grid, ceremony.Certified, FrostProtocol.Name, "1/1", "2/2").PlanAsync(
            SessionPurpose.Request, Hash256.Sha256(call).AsSpan().ToArray(), id => id == "2/2" ? Statement(liar, grid) : null);
        var opened = await grid["1/1"].AskAsync(session.Opening(call));
        var header = Protocols.Sessions.RoundMessage.Parse(First(opened.Packets[0])).Value.Header;
        var group = Crypto.Groups.PrimeGroup.Ed25519;
        var commitment = new NonceCommitment(new PartyIndex(4), group.Generator, group.Generator.MultiplyVarTime(group.Scalar(2)));
        var said = Lie(liar, new(header, FrostProtocol.CommitmentRound, 1, 255, header.Hash, commitment.ToBytes()));
        var share = await grid["1/1"].AskAsync(new StepSessionCall(session.Plan.Session, FrostProtocol.CommitmentRound, [said], default, []));
        var wrong = Lie(liar, new(header, FrostProtocol.ShareRound, 1, 255, header.Hash, new SigningPart(new SignatureShare(new PartyIndex(4), group.Scalar(3)), default, default).ToBytes()));
        var answer = await grid["2/1"].AskAsync(new AggregateCall(session.Plan, call, [opened.Packets[0], said, share.Packets[0], wrong]));
        Assert.Equal([NodeId.Parse("2/2")], answer.Culprits);
        Assert.True(answer.Signature.IsEmpty);
    }

    internal static SigningSubject.Message Message(KeyKind kind) => new(kind.Algorithm()!.Value, Text, kind == KeyKind.Taproot ? TaprootTweak.None : null);

    internal static bool Verifies(KeyKind kind, AggregateAnswer answer, byte[] message) => kind switch
    {
        KeyKind.FrostSecp256k1 or KeyKind.Ed25519 => kind.Suite()!.Verify(kind.Group().Decode(answer.PublicKey.Span).Value, message, answer.Signature.Span),
        KeyKind.Taproot => XOnlyPublicKey.Parse(answer.PublicKey.Span).Value.Verify(message, answer.Signature.Span),
        KeyKind.Bls => BlsPublicKey.Parse(answer.PublicKey.Span).Value.Verify(message, BlsSignature.Parse(answer.Signature.Span).Value),
        _ => false,
    };

    internal static string Protocol(KeyKind kind) => kind == KeyKind.Bls ? BlsSessions.ProtocolName : FrostProtocol.Name;

    private static SignedStatement Statement(LyingDevice liar, SharedGrid grid)
    {
        var session = liar.Session(grid.Grid.Now);
        return new SignedStatement(session.ToBytes(), liar.Certificate, session.Signature);
    }

    private static byte[] First(SessionPacket packet)
    {
        var reader = new Model.Wire.WireReader(packet.Body.Span);
        return reader.Bytes(SessionPacket.Limit).ToArray();
    }

    private static SessionPacket Lie(LyingDevice liar, Protocols.Sessions.RoundMessage message)
    {
        var signature = liar.SignBytes(Tagged.Statement("session-message", message.Bytes));
        return new SessionPacket(
            message.Header.Session, message.Round, message.Sender, message.Receiver, new Model.Wire.WireWriter().Bytes(message.Bytes).Bytes(signature).ToArray());
    }

    private static async Task<(TestCeremony Ceremony, KeyPolicy Policy)> MakeAsync(SharedGrid grid, KeyKind kind, params KeyGrant[] permissions)
    {
        var policy = grid.Policy(kind, permissions: permissions);
        return (await grid.Generate(kind, policy: policy).RunAsync(), policy);
    }

    private static PerformCall Request(SharedGrid grid, TestCeremony ceremony, KeyPolicy policy, SigningSubject.Message message) => grid.Grid.Approved(new SignRequest
    {
        Key = ceremony.Key, Path = DerivationPath.Master, Subject = message, Id = grid.Grid.NextId(), Cluster = new ClusterId(1), Clusters = ClusterSet.Of(1, 2),
        Policy = policy.Hash(), Revocations = 1, Expires = grid.Grid.In(TimeSpan.FromHours(1)), Purpose = "a payment",
    });
}
