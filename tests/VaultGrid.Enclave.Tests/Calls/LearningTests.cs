using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>Records that a member lies about, signed by a device that the Cluster CA certified: each has to be approved, for its time, and to fit what is known.</summary>
public sealed class LearningTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly TestGrid _grid;
    private readonly TestStore _store;
    private readonly MembershipRecord _membership = TestGrid.Membership([1, 2]);
    private TestNode _node = null!;
    private LyingDevice _liar = null!;
    private Hash256 _key;
    private KeyPolicy _policy = null!;

    public LearningTests()
    {
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
        _store = new TestStore(_time);
    }

    private KeyPolicy Next => _grid.KeyPolicy(after: _policy);

    private KeyPolicy NextAdmins => TestGrid.Policy(KeyId.Provisioning, 1, [_grid.Admins[2]], _grid.AdminPolicy);

    private MembershipRecord NextMembership => TestGrid.Membership([1, 2, 3], _membership);

    public async ValueTask InitializeAsync()
    {
        _node = _store.Start(_grid);
        await _node.JoinClusterAsync(_membership);
        (_key, _policy) = await _node.CreateKeyAsync();
        _liar = new LyingDevice(_grid.Leaf(_grid.Clusters[0], CertificateIdentity.Device(NodeId.Parse("1/2"))));
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_was_approved_is_learned_and_what_is_known_is_skipped()
    {
        LearnCall call = new([
            Record(_grid.ChangeAdmins(_grid.AdminPolicy, NextAdmins), NextAdmins.ToUtf8()),
            Record(_grid.ChangePolicy(_key, _policy, Next), Next.ToUtf8()),
        ]);
        await _node.AskAsync(call);
        var status = await _node.StatusAsync();
        Assert.Equal((NextAdmins.Hash(), 2ul), (status.Admins, status.AdminsNumber));
        Assert.Equal((Next.Hash(), 2ul), (status.Keys[0].Policy, status.Keys[0].PolicyNumber));
        await _node.AskAsync(call);
        Statuses.Same(status, await _node.StatusAsync());

        // It teaches what it has learned.
        Assert.Equal(3, (await _node.AskAsync(new RecordsCall())).Count);
    }

    [Fact]
    public async Task A_membership_is_learned_once_and_as_it_follows()
    {
        var record = Record(_grid.ChangeMembership(NextMembership, _membership.Hash()), NextMembership.ToUtf8());
        await _node.AskAsync(new LearnCall([record]));
        var status = await _node.StatusAsync();
        Assert.Equal((NextMembership.Hash(), 2ul), (status.Membership, status.MembershipNumber));
        await _node.AskAsync(new LearnCall([record]));
        Statuses.Same(status, await _node.StatusAsync());
        var other = TestGrid.Membership([1, 3], _membership);
        await Refuses(RefusalCode.StateConflict, Record(_grid.ChangeMembership(other, _membership.Hash()), other.ToUtf8()));
    }

    [Fact]
    public async Task Nothing_is_learned_without_its_quorum()
    {
        foreach (var (request, document) in All())
        {
            await Refuses(RefusalCode.ApprovalQuorum, Record(request, document, approvals: 1));
            await Refuses(RefusalCode.ApprovalQuorum, Record(request, document, approvals: 0));
        }
    }

    [Fact]
    public async Task Nothing_is_learned_that_was_carried_out_outside_its_time()
    {
        foreach (var (request, document) in All())
        {
            await Refuses(RefusalCode.RequestExpired, Record(request, document, at: request.Expires.AddSeconds(1)));
            await Refuses(RefusalCode.RequestExpiryTooFar, Record(request with { Expires = request.Expires.AddDays(7) }, document));
        }
    }

    [Fact]
    public async Task Nothing_is_learned_that_another_document_came_with()
    {
        foreach (var (request, _) in All()) Assert.NotNull((await _node.TryAsync(new LearnCall([Record(request, _grid.KeyPolicy("other").ToUtf8())]))).Refusal);
        await Refuses(RefusalCode.InputMalformed, Record(_grid.ChangeAdmins(_grid.AdminPolicy, NextAdmins), Next.ToUtf8()));
        await Refuses(RefusalCode.InputMalformed, Record(_grid.ChangeMembership(NextMembership, _membership.Hash()), TestGrid.Membership([1], _membership).ToUtf8()));
        await Refuses(RefusalCode.JoinMismatch, Record(_grid.ChangePolicy(_key, _policy, Next), _grid.KeyPolicy("other").ToUtf8()));
    }

    [Fact]
    public async Task A_record_replaces_what_is_in_force()
    {
        var third = TestGrid.Policy(KeyId.Provisioning, 2, _grid.Admins, NextAdmins);
        await Refuses(RefusalCode.StateConflict, Record(_grid.ChangeAdmins(NextAdmins, third), third.ToUtf8()));
        await Refuses(RefusalCode.StateConflict, Record(_grid.ChangeAdmins(_grid.AdminPolicy, NextAdmins) with { Policy = Hash256.Sha256([1]) }, NextAdmins.ToUtf8()));
        await Refuses(RefusalCode.StateConflict, Record(_grid.ChangeAdmins(_grid.AdminPolicy, third), third.ToUtf8()));
        var later = _grid.KeyPolicy(after: Next);
        await Refuses(RefusalCode.StateConflict, Record(_grid.ChangePolicy(_key, Next, later), later.ToUtf8()));
        await Refuses(RefusalCode.StateConflict, Record(_grid.ChangePolicy(_key, _policy, Next) with { Policy = Hash256.Sha256([1]) }, Next.ToUtf8()));
        await Refuses(RefusalCode.StateConflict, Record(_grid.ChangePolicy(_key, _policy, later), later.ToUtf8()));
        var skipped = TestGrid.Membership([1, 3], NextMembership);
        await Refuses(RefusalCode.StateConflict, Record(_grid.ChangeMembership(skipped, _membership.Hash()), skipped.ToUtf8()));
        await Refuses(RefusalCode.StateConflict, Record(_grid.ChangeMembership(skipped, NextMembership.Hash()), skipped.ToUtf8()));
        var unlinked = NextMembership with { Predecessor = Hash256.Sha256([1]) };
        await Refuses(RefusalCode.StateConflict, Record(_grid.ChangeMembership(unlinked, _membership.Hash()), unlinked.ToUtf8()));
    }

    [Fact]
    public async Task A_policy_of_a_key_that_is_not_here_waits_for_the_key()
    {
        var status = await _node.StatusAsync();
        await _node.AskAsync(new LearnCall([Record(_grid.ChangePolicy(Hash256.Sha256([1]), _policy, Next), Next.ToUtf8())]));
        Statuses.Same(status, await _node.StatusAsync());
    }

    [Fact]
    public async Task A_witness_s_certificate_counts_as_of_the_record()
    {
        var request = _grid.ChangePolicy(_key, _policy, Next);
        var before = Record(request, Next.ToUtf8(), at: _grid.Start.AddMinutes(-1));
        Assert.NotNull((await _node.TryAsync(new LearnCall([before]))).Refusal);
        var forged = Record(request, Next.ToUtf8()) with { Witness = _grid.Leaf(_grid.Clusters[0], CertificateIdentity.Device(NodeId.Parse("1/2"))).Der };
        await Refuses(RefusalCode.ApprovalInvalid, forged);
        var stranger = new TestGrid(_grid.Start);
        await Refuses(RefusalCode.CertificateUntrusted, Record(request, Next.ToUtf8()) with { Witness = stranger.Leaf(stranger.Clusters[0], CertificateIdentity.Device(NodeId.Parse("1/2"))).Der });
    }

    private IEnumerable<(Request Request, byte[] Document)> All() =>
    [
        (_grid.ChangeAdmins(_grid.AdminPolicy, NextAdmins), NextAdmins.ToUtf8()),
        (_grid.ChangeMembership(NextMembership, _membership.Hash()), NextMembership.ToUtf8()),
        (_grid.ChangePolicy(_key, _policy, Next), Next.ToUtf8()),
    ];

    private ApprovedRecord Record(Request request, byte[] document, int approvals = 2, DateTimeOffset? at = null)
    {
        var call = _grid.Approved(request);
        var time = DateTimeOffset.FromUnixTimeSeconds((at ?? _time.GetUtcNow()).ToUnixTimeSeconds());
        return new ApprovedRecord(
            call.Request, [.. call.Approvals.Take(approvals)], document, time, _liar.Certificate, _liar.SignBytes(ApprovedRecord.Statement(call.Request.Span, document, time)));
    }

    private Task Refuses(RefusalCode code, ApprovedRecord record) => _node.RefusesAsync(code, new LearnCall([record]));
}
