using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>A member whose D key was stolen lies to a joiner and to a holder: every field of a release is checked, and what is not the cluster's key is not taken.</summary>
public sealed class LyingMemberTests : IAsyncLifetime
{
    private static readonly KeyId Treasury = KeyId.Parse("treasury");

    private readonly TestGrid _grid = new(DateTimeOffset.UtcNow.AddDays(-1));
    private readonly EnclaveProcess[] _processes = [new(), new()];
    private TestNode _holder = null!;
    private TestNode _joiner = null!;
    private LyingDevice _liar = null!;

    public async ValueTask InitializeAsync()
    {
        var membership = TestGrid.Membership([1, 2, 3]);
        foreach (var process in _processes) await process.StartAsync();
        _holder = new TestNode(_grid, NodeId.Parse("1/1"), _processes[0].Connection);
        _joiner = new TestNode(_grid, NodeId.Parse("1/2"), _processes[1].Connection);
        await _holder.JoinClusterAsync(membership);
        await _joiner.JoinClusterAsync(membership);
        await _holder.CreateKeyAsync();
        _liar = new LyingDevice(_grid.Leaf(_grid.Clusters[0], CertificateIdentity.Device(NodeId.Parse("1/3"))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
    }

    [Fact]
    public async Task Every_field_of_a_release_is_checked()
    {
        await Refuses(RefusalCode.JoinMismatch, header => header with { Suite = 2 });
        await Refuses(RefusalCode.JoinMismatch, header => header with { Holder = NodeId.Parse("1/1") });
        await Refuses(RefusalCode.JoinMismatch, header => header with { Holder = NodeId.Parse("1/2") });
        await Refuses(RefusalCode.JoinMismatch, header => header with { Joiner = NodeId.Parse("1/3") });
        await Refuses(RefusalCode.JoinMismatch, header => header with { Joiner = NodeId.Parse("2/2") });
        await Refuses(RefusalCode.JoinReplayed, header => header with { JoinerNonce = Hash256.Sha256([1]) });
        await Refuses(RefusalCode.JoinMismatch, header => header with { JoinerCertificate = Hash256.Sha256([1]) });
        await Refuses(RefusalCode.JoinMismatch, header => header with { HolderCertificate = Hash256.Sha256([1]) });
        await Refuses(RefusalCode.JoinMismatch, header => header with { SessionKey = Hash256.Sha256([1]) });
        await Refuses(RefusalCode.JoinMismatch, header => header with { KeyId = KeyId.Parse("other") });
        await Refuses(RefusalCode.JoinMismatch, header => header with { KeyVersion = 2 });
        await Refuses(RefusalCode.JoinMismatch, header => header with { Birth = Hash256.Sha256([1]) });
        await Refuses(RefusalCode.JoinMismatch, header => header with { Evidence = Hash256.Sha256([1]) });
        await Refuses(RefusalCode.JoinMismatch, header => header with { Policy = Hash256.Sha256([1]) });

        // The rest is right, the key is not: a member can't plant a key of its own under the cluster's name.
        await Refuses(RefusalCode.JoinMismatch, header => header);
    }

    [Fact]
    public async Task Evidence_that_the_administrators_did_not_approve_is_not_believed()
    {
        var genuine = await Evidence();
        var policy = _grid.KeyPolicy();
        var request = _grid.CreateKey(policy, node: 3);
        var document = RequestDocument.Of(request);
        var birth = new BirthRecord { KeyId = Treasury, Kind = KeyKind.Bip32, Fingerprint = Hash256.Sha256([5]), Policy = policy.Hash(), Request = document.Hash };
        ApprovedRecord Born(params Approval[] approvals) => Record(document, approvals, birth.ToUtf8());

        await Refuses(RefusalCode.ApprovalQuorum, header => header with { Birth = birth.Hash() }, new KeyEvidence(Born(), policy.ToUtf8(), []));
        await Refuses(RefusalCode.ApprovalQuorum, header => header with { Birth = birth.Hash() }, new KeyEvidence(Born(_grid.Approve(document, _grid.Admins[0])), policy.ToUtf8(), []));
        await Refuses(RefusalCode.JoinMismatch, header => header, genuine with { FirstPolicy = _grid.KeyPolicy("other").ToUtf8() });
        await Refuses(RefusalCode.StateConflict, header => header, genuine with { FirstPolicy = _grid.KeyPolicy("treasury", policy).ToUtf8() });
        await Refuses(RefusalCode.ApprovalInvalid, header => header, genuine with { Birth = genuine.Birth with { Time = genuine.Birth.Time.AddSeconds(1) } });
    }

    [Fact]
    public async Task A_holder_checks_the_session_key_it_seals_to()
    {
        await RefusesJoin(join => join with { Session = _liar.Session(DateTimeOffset.UtcNow.AddHours(-3)) });
        await RefusesJoin(join => join with { Session = _liar.Session(DateTimeOffset.UtcNow.AddHours(1)) });
        await RefusesJoin(join => join with { Session = _liar.Session(node: NodeId.Parse("1/2")) });
        await RefusesJoin(join => join with { Session = join.Session with { PublicKey = P256AgreementKey.Generate().PublicKey.Bytes.ToArray() } });
        await RefusesJoin(join => join with { Joiner = NodeId.Parse("1/2") });
        await RefusesJoin(join => join with { Joiner = NodeId.Parse("1/2"), Session = _liar.Session(node: NodeId.Parse("1/2")) });
    }

    private async Task RefusesJoin(Func<JoinStatement, JoinStatement> lie) =>
        await _holder.RefusesAsync(RefusalCode.JoinMismatch, new ReleaseCall(_liar.Join(Treasury, lie)));

    private async Task<KeyEvidence> Evidence() => await _holder.AskAsync(new DescribeKeyCall((await _holder.StatusAsync()).Keys[0].Key));

    private ApprovedRecord Record(RequestDocument request, Approval[] approvals, byte[] document)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        return new ApprovedRecord(
            request.Utf8, approvals, document, time, _liar.Certificate, _liar.SignBytes(ApprovedRecord.Statement(request.Utf8.Span, document, time)));
    }

    private async Task Refuses(RefusalCode code, Func<ReleaseHeader, ReleaseHeader> lie, KeyEvidence? evidence = null)
    {
        var asked = await _joiner.AskAsync(new JoinCall(Treasury));
        var join = JoinStatement.Parse(asked.Statement.Span).Value;
        var shown = evidence ?? await Evidence();
        var travelling = new WireWriter();
        KeyEvidence.Write(travelling, shown);

        var honest = new ReleaseHeader(
            ReleaseHeader.P256HkdfSha256Aes256Gcm, _liar.Node, join.Joiner, join.Nonce, Hash256.Sha256([2]), Hash256.Sha256(asked.Certificate.Span),
            Hash256.Sha256(_liar.Certificate.Span), Hash256.Sha256(join.Session.PublicKey.Span), Treasury, KeyKind.Bip32, 1,
            BirthRecord.Parse(shown.Birth.Document.Span).Value.Hash(), Hash256.Sha256(travelling.Written), Hash256.Of("policy", shown.FirstPolicy.Span));
        var header = lie(honest);
        var recipient = P256PublicKey.Parse(join.Session.PublicKey.Span).Value;
        var box = SealedBox.Seal(recipient, header.ToBytes(), header.ToBytes(), new byte[32]);
        await _joiner.RefusesAsync(code, new AcceptCall(_liar.Sign(new ReleaseStatement(header, shown, box).ToBytes())));
    }
}
