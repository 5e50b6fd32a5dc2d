using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>A key's evidence as a certified liar might write it: each of its parts has to fit the others, and what administrators approved.</summary>
public sealed class EvidenceCheckTests : IAsyncLifetime
{
    private static readonly KeyId Treasury = KeyId.Parse("treasury");

    private readonly ManualTime _time = new();
    private readonly TestGrid _grid;
    private readonly TestStore _store;
    private readonly CertificateGate _certificates;
    private readonly LyingDevice _liar;
    private readonly KeyPolicy _policy;
    private VaultState _state = null!;

    public EvidenceCheckTests()
    {
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
        _store = new TestStore(_time);
        _certificates = new CertificateGate(new EnclaveClock(_time, DateTimeOffset.UnixEpoch));
        _liar = new LyingDevice(_grid.Leaf(_grid.Clusters[0], CertificateIdentity.Device(NodeId.Parse("1/3"))));
        _policy = _grid.KeyPolicy();
    }

    private KeyPolicy Second => _grid.KeyPolicy(after: _policy);

    public async ValueTask InitializeAsync()
    {
        var node = _store.Start(_grid);
        await node.JoinClusterAsync(TestGrid.Membership([1]));
        _state = ((CorePort)node.Port).State;
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void What_fits_is_believed()
    {
        var (birth, policies) = Check(Evidence()).Value;
        Assert.Equal((Treasury, _policy.Hash(), 1), (birth.KeyId, policies.CurrentHash, policies.Length));
        var third = _grid.KeyPolicy(after: Second);
        var (_, later) = Check(Evidence(changes: [Change(_policy, Second), Change(Second, third)])).Value;
        Assert.Equal((third.Hash(), 3), (later.CurrentHash, later.Length));
    }

    [Fact]
    public void A_birth_is_what_its_request_asked_for()
    {
        Refuses(RefusalCode.JoinMismatch, Evidence(birth: birth => birth with { KeyId = KeyId.Parse("other") }));
        Refuses(RefusalCode.JoinMismatch, Evidence(birth: birth => birth with { Kind = KeyKind.ThresholdEcdsa }));
        Refuses(RefusalCode.JoinMismatch, Evidence(birth: birth => birth with { Policy = Second.Hash() }));
        Refuses(RefusalCode.JoinMismatch, Evidence(birth: birth => birth with { Request = Hash256.Sha256([1]) }));
        Refuses(RefusalCode.JoinMismatch, Evidence(asked: _grid.ChangePolicy(Hash256.Sha256([1]), _policy, Second)));
        Refuses(RefusalCode.KeyForeign, Evidence(asked: _grid.CreateKey(_policy, node: 3, cluster: 2)));
    }

    [Fact]
    public void What_cant_be_read_is_not_believed()
    {
        var evidence = Evidence();
        Refuses(BirthRecord.Parse([1]).Refusal!.Code, evidence with { Birth = evidence.Birth with { Document = new byte[] { 1 } } });
        Refuses(RefusalCode.RequestMalformed, evidence with { Birth = evidence.Birth with { Request = new byte[] { 1 } } });
        Refuses(RefusalCode.PolicyMalformed, evidence with { FirstPolicy = new byte[] { 1 } });
        Refuses(RefusalCode.RequestMalformed, evidence with { Changes = [Change(_policy, Second) with { Request = new byte[] { 1 } }] });
    }

    [Fact]
    public void The_node_that_was_asked_made_it() => Refuses(RefusalCode.JoinMismatch, Evidence(asked: _grid.CreateKey(_policy, node: 2)));

    [Fact]
    public void Administrators_approved_the_birth()
    {
        Refuses(RefusalCode.ApprovalQuorum, Evidence(approvals: 1));
        Refuses(RefusalCode.ApprovalQuorum, Evidence(approvals: 0));
        Refuses(RefusalCode.StateStale, Evidence(asked: _grid.CreateKey(_policy, node: 3) with { Policy = _policy.Hash() }));
    }

    [Fact]
    public void The_first_policy_is_the_birth_s()
    {
        Refuses(RefusalCode.JoinMismatch, Evidence() with { FirstPolicy = TestGrid.Policy(Treasury, 1, _grid.Admins, null, "m/44'/60'/*'/0/*").ToUtf8() });
        Refuses(RefusalCode.StateConflict, Evidence() with { FirstPolicy = Second.ToUtf8() });
        var other = _grid.KeyPolicy("other");
        Refuses(RefusalCode.JoinMismatch, Evidence(asked: _grid.CreateKey(_policy, node: 3) with { FirstPolicy = other.Hash() }, birth: birth => birth with { Policy = other.Hash() }) with { FirstPolicy = other.ToUtf8() });
    }

    [Fact]
    public void Every_later_policy_was_approved_under_the_one_before()
    {
        Refuses(RefusalCode.ApprovalQuorum, Evidence(changes: [Change(_policy, Second, approvals: 1)]));
        Refuses(RefusalCode.StateConflict, Evidence(changes: [Change(Second, _grid.KeyPolicy(after: Second))]));
        Refuses(RefusalCode.StateConflict, Evidence(changes: [Change(_policy, Second), Change(_policy, Second)]));
        Refuses(RefusalCode.StateConflict, Evidence(changes: [Change(_policy, Second, request => request with { Policy = Second.Hash() })]));
        Refuses(RefusalCode.JoinMismatch, Evidence(changes: [Change(_policy, Second, request => request with { Key = Hash256.Sha256([1]) })]));
        Refuses(RefusalCode.JoinMismatch, Evidence(changes: [Change(_policy, Second, request => request with { NextPolicy = _policy.Hash() })]));
        Refuses(RefusalCode.RequestCluster, Evidence(changes: [Change(_policy, Second, request => request with { Cluster = new ClusterId(2) })]));
        Refuses(RefusalCode.JoinMismatch, Evidence(changes: [Record(_grid.Sign(Key(), _policy), Second.ToUtf8())]));
        var skipping = _grid.KeyPolicy(after: Second);
        Refuses(RefusalCode.StateConflict, Evidence(changes: [Change(_policy, skipping)]));
    }

    private Hash256 Key() => BirthRecord.Parse(Evidence().Birth.Document.Span).Value.Hash();

    private Outcome<(BirthRecord Birth, PolicyChain Policies)> Check(KeyEvidence evidence) => new EvidenceCheck(new RecordCheck(_certificates)).Verify(evidence, _state);

    private void Refuses(RefusalCode code, KeyEvidence evidence)
    {
        var outcome = Check(evidence);
        Assert.True(outcome.Refusal?.Code == code, $"expected {code.Name()}, got {outcome.Refusal?.ToString() ?? "an answer"}");
    }

    private CreateKeyRequest? _asked;

    // What the liar, node 1/3, made of a request for a key of its own: right, but for what a test changes.
    private KeyEvidence Evidence(Request? asked = null, Func<BirthRecord, BirthRecord>? birth = null, int approvals = 2, params ApprovedRecord[] changes)
    {
        var request = asked ?? (_asked ??= _grid.CreateKey(_policy, node: 3));
        var honest = new BirthRecord { KeyId = Treasury, Kind = KeyKind.Bip32, Fingerprint = Hash256.Sha256([5]), Policy = _policy.Hash(), Request = RequestDocument.Of(request).Hash };
        return new KeyEvidence(Record(request, (birth?.Invoke(honest) ?? honest).ToUtf8(), approvals), _policy.ToUtf8(), changes);
    }

    private ApprovedRecord Change(KeyPolicy from, KeyPolicy to, Func<ChangePolicyRequest, ChangePolicyRequest>? lie = null, int approvals = 2)
    {
        var request = _grid.ChangePolicy(Key(), from, to);
        return Record(lie?.Invoke(request) ?? request, to.ToUtf8(), approvals);
    }

    private ApprovedRecord Record(Request request, byte[] document, int approvals = 2)
    {
        var call = _grid.Approved(request);
        var time = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        return new ApprovedRecord(
            call.Request, [.. call.Approvals.Take(approvals)], document, time, _liar.Certificate, _liar.SignBytes(ApprovedRecord.Statement(call.Request.Span, document, time)));
    }
}
