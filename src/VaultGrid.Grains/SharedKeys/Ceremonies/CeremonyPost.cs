using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>Everything that members of a ceremony have said, each message once, in one order for all; and what can be seen of it from outside. Pure.</summary>
internal sealed class CeremonyPost(CeremonyPlan plan)
{
    private readonly List<CeremonyMessage> _messages = [];
    private readonly HashSet<Hash256> _seen = [];
    private readonly Dictionary<(CeremonyMessageKind Kind, byte From, byte To), int> _last = [];
    private readonly Dictionary<byte, Dictionary<Hash256, HashSet<byte>>> _acknowledged = [];
    private readonly HashSet<CeremonyMessageKind> _closed = [];
    private readonly List<CeremonyMessage> _kept = [];

    /// <summary>How many messages there are.</summary>
    public int Count => _messages.Count;

    /// <summary>Takes what a member said.</summary>
    /// <returns>Whether any of it is new, and whether any was dropped: what it says in another's name, or to one member where it is for all.</returns>
    public (bool IsNew, bool IsWrong) Take(byte from, IReadOnlyList<CeremonyMessage> messages)
    {
        var (news, wrong) = (false, false);
        foreach (var message in messages)
        {
            if (message.From != from || !IsAddressed(message))
            {
                wrong = true;
                continue;
            }

            if (!_seen.Add(HashOf(message))) continue;
            if (_closed.Contains(message.Kind))
            {
                _kept.Add(message);
                continue;
            }

            Add(message);
            news = true;
        }

        return (news, wrong);
    }

    /// <summary>From here on messages of a kind are kept back, or carried again.</summary>
    public void Close(CeremonyMessageKind kind, bool isClosed)
    {
        if (isClosed)
        {
            _closed.Add(kind);
            return;
        }

        if (!_closed.Remove(kind)) return;
        foreach (var message in _kept.Where(message => message.Kind == kind)) Add(message);
        _kept.RemoveAll(message => message.Kind == kind);
    }

    /// <summary>What is for a member, from the message with a number on; at most so many.</summary>
    /// <param name="member">Its place.</param>
    /// <param name="brought">How many messages it was brought.</param>
    /// <param name="limit">How many at most.</param>
    /// <returns>The messages, and how many it has been brought with them.</returns>
    public (IReadOnlyList<CeremonyMessage> Messages, int Brought) For(byte member, int brought, int limit)
    {
        var some = new List<CeremonyMessage>();
        var next = brought;
        for (; next < _messages.Count && some.Count < limit; next++)
        {
            var message = _messages[next];
            if (message.From != member && (message.To == member || message.To == CeremonyMessage.All)) some.Add(message);
        }

        return (some, next);
    }

    /// <summary>Who has said something of a kind.</summary>
    public IReadOnlySet<byte> From(CeremonyMessageKind kind) => _last.Keys.Where(said => said.Kind == kind).Select(said => said.From).ToHashSet();

    /// <summary>True where a member has answered since it was brought what another said last of a kind, to it or to all.</summary>
    public bool WasBrought(CeremonyMessageKind kind, byte from, CeremonyMember member) =>
        (_last.TryGetValue((kind, from, CeremonyMessage.All), out var at) || _last.TryGetValue((kind, from, member.Place), out at)) && at < member.Answered;

    /// <summary>The dealers that each receiver has acknowledged, of each dealer the dealing that most have; whether acknowledgements are signed is for enclaves to check.</summary>
    public IReadOnlyDictionary<byte, IReadOnlySet<byte>> Acknowledged()
    {
        var held = new Dictionary<byte, IReadOnlySet<byte>>();
        foreach (var (dealer, digests) in _acknowledged)
        {
            foreach (var receiver in digests.Values.MaxBy(receivers => receivers.Count)!)
            {
                if (!held.TryGetValue(receiver, out var dealers)) held[receiver] = dealers = new HashSet<byte>();
                ((HashSet<byte>)dealers).Add(dealer);
            }
        }

        return held;
    }

    private void Add(CeremonyMessage message)
    {
        _last[(message.Kind, message.From, message.To)] = _messages.Count;
        _messages.Add(message);
        if (message.Kind == CeremonyMessageKind.Acknowledgement) Acknowledge(message.From, message.Body.Span);
    }

    private bool IsAddressed(CeremonyMessage message) => message.Kind is CeremonyMessageKind.Share or CeremonyMessageKind.RepairPart or CeremonyMessageKind.RepairSum
        ? message.To < plan.Members.Count
        : message.To == CeremonyMessage.All;

    // Receiver, count, then the number of each dealer and the digest of its dealing; the signature behind them is for enclaves to check. A wrong one costs a proposal.
    private void Acknowledge(byte from, ReadOnlySpan<byte> body)
    {
        if (!plan.Receivers.Contains(from) || body.Length < 2) return;
        var count = body[1];
        var rest = body[2..];
        for (var item = 0; item < count && rest.Length > Hash256.Length; item++, rest = rest[(Hash256.Length + 1)..])
        {
            var number = rest[0];
            if (number == 0 || number > plan.Dealers.Count) return;
            var dealer = plan.Dealers[number - 1];
            if (!_acknowledged.TryGetValue(dealer, out var digests)) _acknowledged[dealer] = digests = [];
            var digest = new Hash256(rest[1..(Hash256.Length + 1)]);
            if (!digests.TryGetValue(digest, out var receivers)) digests[digest] = receivers = [];
            receivers.Add(from);
        }
    }

    private static Hash256 HashOf(CeremonyMessage message)
    {
        var writer = new WireWriter();
        CeremonyMessage.Write(writer, message);
        return Hash256.Sha256(writer.Written);
    }
}
