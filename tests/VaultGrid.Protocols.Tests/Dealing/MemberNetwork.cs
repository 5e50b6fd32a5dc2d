using VaultGrid.Enclave.Contracts;
using VaultGrid.Model;
using VaultGrid.Protocols.Repair;

namespace VaultGrid.Protocols.Tests.Dealing;

/// <summary>
/// Members of one ceremony over a simulated network, and an honest carrier that proposes whom to go on without when it is quiet: messages come late, doubled and in any order, members
/// go down and come back from their saved state, liars follow their scripts and see everything first. Deterministic but for keys and polynomials.
/// </summary>
internal sealed class MemberNetwork : IDisposable
{
    private readonly DealingCeremony _ceremony;
    private readonly CeremonyPlan _plan;
    private readonly Random _random;
    private readonly Dictionary<int, Node> _nodes;
    private readonly List<(int From, int To, DealingOutputKind? Kind, byte[]? Body)> _log = [];
    private readonly Dictionary<int, Hash256> _votes = [];
    private IReadOnlyList<byte> _version = [];
    private byte[] _list = [];
    private int _turn;

    /// <param name="ceremony">Whose dealers and receivers are nodes by their numbers.</param>
    /// <param name="nodes">Who takes part: number, places and old share.</param>
    /// <param name="keys">Their D keys.</param>
    /// <param name="lies">Who lies, and how.</param>
    /// <param name="random">Decides the order of everything.</param>
    public MemberNetwork(DealingCeremony ceremony, IReadOnlyList<(int Number, PartyIndex? Dealer, PartyIndex? Receiver, KeyShare? Old)> nodes, NodeKeys keys, IReadOnlyDictionary<int, Lie> lies, Random random)
    {
        (_ceremony, _random) = (ceremony, random);
        _nodes = nodes.ToDictionary(node => node.Number, node => new Node(ceremony, node.Dealer, node.Receiver, node.Old, keys.Of(node.Number), lies.TryGetValue(node.Number, out var lie) ? lie : null));
        byte[] Places(Func<Node, PartyIndex?> index) => [.. _nodes.Where(pair => index(pair.Value) is not null).OrderBy(pair => index(pair.Value)!.Value.Value).Select(pair => (byte)pair.Key)];
        var members = Enumerable.Range(0, nodes.Max(node => node.Number) + 1).Select(i => new KeyHolder(NodeId.Parse($"1/{i + 1}"), default));
        _plan = new CeremonyPlan(default, CeremonyKind.Generate, default, default, default, [.. members], Places(node => node.Dealer), Places(node => node.Receiver), (byte)ceremony.Receivers.Parameters.Faulty);
        var honest = Receivers.Where(pair => pair.Value.Lie is null).Select(pair => pair.Key).ToArray();
        foreach (var liar in _nodes.Values.Where(node => node.Lie is not null)) liar.Victims = [.. honest.OrderBy(_ => random.Next()).Take(random.Next(1, _plan.Faulty + 1))];
    }

    /// <summary>What is proposed in place of the carrier's own choice, once.</summary>
    public IReadOnlyList<byte>? Forced { get; init; }

    /// <summary>Whom liars starve, in place of somebody by chance.</summary>
    public IReadOnlyList<int> Starved
    {
        init
        {
            foreach (var liar in _nodes.Values.Where(node => node.Lie is not null)) liar.Victims = value;
        }
    }

    /// <summary>False where nobody repairs a starved receiver's share.</summary>
    public bool Helps { get; init; } = true;

    /// <summary>The version that a quorum has voted for; null where it was never one.</summary>
    public Hash256? Certified => _votes.GroupBy(vote => vote.Value).Where(same => same.Count() >= _ceremony.Receivers.Parameters.CertificateQuorum).Select(same => (Hash256?)same.Key).SingleOrDefault();

    /// <summary>The shares of the honest, by their index.</summary>
    public IReadOnlyDictionary<PartyIndex, KeyShare> Shares =>
        Receivers.Where(pair => pair.Value is { Lie: null, Member.Result: not null }).ToDictionary(pair => pair.Value.Receiver!.Value, pair => pair.Value.Member!.Result!);

    /// <summary>How many have voted.</summary>
    public int Votes => _votes.Count;

    /// <summary>How often it was quiet before the end.</summary>
    public int Quiet { get; private set; }

    /// <summary>Who lies.</summary>
    public IEnumerable<int> Liars => _nodes.Where(pair => pair.Value.Lie is not null).Select(pair => pair.Key);

    /// <summary>Who the honest say broke the protocol.</summary>
    public SortedSet<int> Named { get; } = [];

    private IEnumerable<KeyValuePair<int, Node>> Receivers => _nodes.Where(pair => pair.Value.Receiver is not null);

    public MemberNetwork Run(int mostQuiet = 40)
    {
        foreach (var (number, node) in _nodes.OrderBy(_ => _random.Next())) Say(number, node, null);
        while (true)
        {
            while (Deliver())
            {
            }

            if (Receivers.All(pair => pair.Value.Lie is not null || pair.Value.Member!.Result is not null) || ++Quiet > mostQuiet) return this;
            Consider();
            foreach (var (number, node) in _nodes.OrderBy(_ => _random.Next())) Say(number, node, Proposal(node));
            if (Helps) Help();
        }
    }

    public void Dispose()
    {
        foreach (var node in _nodes.Values) node.Dispose();
    }

    // Some member is brought some of what waits for it.
    private bool Deliver()
    {
        var waiting = _nodes.Where(pair => pair.Value.Brought < _log.Count).ToList();
        if (waiting.Count == 0) return false;
        var (number, node) = waiting[_random.Next(waiting.Count)];
        var until = _random.Next(node.Brought, _log.Count) + 1;
        var batch = Enumerable.Range(node.Brought, until - node.Brought).ToList();
        if (node.Brought > 0) batch.Add(_random.Next(node.Brought));
        node.Brought = until;
        foreach (var at in batch.OrderBy(_ => _random.Next()))
        {
            var (from, to, kind, body) = _log[at];
            if (from == number || (to >= 0 && to != number)) continue;
            if (kind is { } said) node.Member?.Receive(said, body);
            else if (ShareOf(_nodes[from], number) is { } share) node.Member?.ReceiveShare(_nodes[from].Dealer!.Value, share);
        }

        if (node.Lie is null && _random.Next(8) == 0) node.Restart();
        Say(number, node, null);
        return true;
    }

    private SecretBytes? ShareOf(Node dealer, int to)
    {
        if (dealer.Member is not { HasDealt: true } member) return null;
        if (dealer.Victims.Contains(to) && dealer.Lie is Lie.StarvesWithNothing or Lie.AcknowledgesSome) return null;
        return dealer.Victims.Contains(to) && dealer.Lie == Lie.StarvesWithBadShares ? SecretBytes.Random(32) : member.ShareFor(_nodes[to].Receiver!.Value);
    }

    private void Say(int number, Node node, DealingProposal? proposal)
    {
        if (node.Member is not { } member) return;
        foreach (var output in member.Advance(proposal))
        {
            if (node.Lie is not null && output.Kind == DealingOutputKind.Opening) continue;
            if (node.Lie == Lie.CommitsOnly && output.Kind is not (DealingOutputKind.Commit or DealingOutputKind.ListVote)) continue;
            var body = output.Body;
            if (node.Lie == Lie.AcknowledgesSome && output.Kind == DealingOutputKind.Acknowledgement) body = Some(node, body);
            _log.Add((number, -1, output.Kind, body));
        }

        if (node.Lie is null) Named.UnionWith(member.Faults.Keys.Concat(member.Spoilers).Select(dealer => (int)_plan.Dealers[dealer.Value - 1]));
        if (member.HasDealt && !node.HasDealt && node.Lie != Lie.CommitsOnly)
        {
            node.HasDealt = true;
            foreach (var (receiver, _) in Receivers) _log.Add((number, receiver, null, null));
        }

        if (member.Result is { } share && node.Lie is null) _votes[number] = share.Key.Transcript;
    }

    private byte[] Some(Node node, byte[] body)
    {
        var all = Acknowledgement.Parse(body).Value.Held;
        return Acknowledgement.Sign(_ceremony, node.Receiver!.Value, [.. all.Where(held => held.Dealer == node.Dealer || _random.Next(3) > 0)], node.Signer).ToBytes();
    }

    // As the grid's courier does it: what an honest member may have voted for stays what is proposed.
    private void Consider()
    {
        if (_ceremony.Kind == DealingKind.Generate && _list.Length == 0)
        {
            byte[] committed = [.. _plan.Dealers.Where(dealer => _log.Exists(entry => entry.From == dealer && entry.Kind == DealingOutputKind.Commit))];
            if (committed.Length >= _ceremony.DealerQuorum) _list = committed;
        }

        if (_votes.Count > 0) return;
        var acknowledged = new Dictionary<byte, IReadOnlySet<byte>>();
        foreach (var entry in _log.Where(entry => entry.Kind == DealingOutputKind.Acknowledgement))
        {
            var held = Acknowledgement.Parse(entry.Body!).Value.Held.Select(held => _plan.Dealers[held.Dealer.Value - 1]);
            acknowledged[(byte)entry.From] = held.Concat(acknowledged.GetValueOrDefault((byte)entry.From) ?? new HashSet<byte>()).ToHashSet();
        }

        if (Forced is not null && acknowledged.Count >= _ceremony.Receivers.Parameters.CertificateQuorum) _version = Forced;
        else _version = DealerChoice.Of(_plan, acknowledged, _ceremony.MinimumDealers, _turn);
        if (_version.Count > 0) _turn++;
    }

    private DealingProposal? Proposal(Node node)
    {
        PartyIndex[] Dealers(IEnumerable<byte> places) => [.. places.Select(place => _nodes[place].Dealer!.Value)];
        if (node.Member is not { } member) return null;
        if (!member.HasList) return _list.Length > 0 ? new DealingProposal.List(Dealers(_list)) : null;
        return member.HasAcknowledged ? new DealingProposal.Version(Dealers(_version)) : new DealingProposal.Acknowledge();
    }

    // f + 1 that have voted, whichever: one that lies among them would cost another turn.
    private void Help()
    {
        var voters = _nodes.Values.Where(node => node is { Lie: null, Member.Result: not null }).ToList();
        foreach (var (number, starved) in _nodes.Where(pair => pair.Value is { Lie: null, Member: { Starved: not null, Result: null } }))
        {
            if (voters.Count < _ceremony.Receivers.Parameters.Signers) return;
            var helpers = voters.OrderBy(_ => _random.Next()).Take(_ceremony.Receivers.Parameters.Signers).OrderBy(node => node.Receiver!.Value.Value).ToList();
            var session = RepairSession.Of(starved.Member!.Starved!, starved.Receiver!.Value, [.. helpers.Select(node => node.Receiver!.Value)], Tagged.Hash("test-help", [])).Value;
            var verifier = _ceremony.Receivers.Verifier;
            var helping = helpers.Select(node => RepairHelper.Start(session, node.Member!.Result!, node.Signer)).ToList();
            foreach (var (from, to) in helping.SelectMany(from => helping.Where(to => to != from).Select(to => (from, to))))
                Assert.Null(to.Receive(from.Commitments, from.PartFor(to.Index), verifier).Fault);
            using var receiver = new RepairReceiver(session);
            foreach (var helper in helping) Assert.Null(receiver.Receive(helper.Commitments, verifier).Fault);
            foreach (var helper in helping) Assert.Null(receiver.Receive(helper.Index, helper.Sum().Value).Fault);
            using var share = receiver.Finish().Value;
            Assert.True(starved.Member.TakeRepaired(share));
            if (_random.Next(2) == 0) starved.Restart();
            Say(number, starved, null);
            foreach (var helper in helping) helper.Dispose();
        }
    }

    private sealed class Node(DealingCeremony ceremony, PartyIndex? dealer, PartyIndex? receiver, KeyShare? old, IStatementSigner signer, Lie? lie) : IDisposable
    {
        public PartyIndex? Dealer => dealer;

        public PartyIndex? Receiver => receiver;

        public IStatementSigner Signer => signer;

        public Lie? Lie => lie;

        public IReadOnlyList<int> Victims { get; set; } = [];

        public int Brought { get; set; }

        public bool HasDealt { get; set; }

        public DealingMember? Member { get; private set; } = lie == Dealing.Lie.Dead ? null : DealingMember.Start(ceremony, dealer, receiver, old, signer);

        public void Restart()
        {
            using var saved = Member!.Save();
            Member.Dispose();
            Member = DealingMember.Restore(ceremony, dealer, receiver, old, saved, signer).Value;
            Brought = 0;
        }

        public void Dispose() => Member?.Dispose();
    }
}
