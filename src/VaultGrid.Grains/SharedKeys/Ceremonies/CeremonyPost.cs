using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>Everything that members of a ceremony have said, each message once, in the order in which it came; and what can be seen of it from outside. Pure.</summary>
internal sealed class CeremonyPost(CeremonyPlan plan)
{
    private readonly List<CeremonyMessage> _messages = [];
    private readonly HashSet<Hash256> _seen = [];
    private readonly Dictionary<byte, Dictionary<Hash256, HashSet<byte>>> _acknowledged = [];

    /// <summary>How many messages there are.</summary>
    public int Count => _messages.Count;

    /// <summary>Takes what a member said.</summary>
    /// <returns>True where any of it is new; what it says in another's name is dropped.</returns>
    public bool Take(byte from, IReadOnlyList<CeremonyMessage> messages)
    {
        var news = false;
        foreach (var message in messages)
        {
            if (message.From != from || (message.To != CeremonyMessage.All && message.To >= plan.Members.Count) || !_seen.Add(HashOf(message))) continue;
            _messages.Add(message);
            if (message.Kind == CeremonyMessageKind.Acknowledgement) Acknowledge(from, message.Body.Span);
            news = true;
        }

        return news;
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

    /// <summary>True once somebody has voted for a list of commitments.</summary>
    public bool HasListVote => _messages.Exists(message => message.Kind == CeremonyMessageKind.ListVote);

    /// <summary>The dealers whose commitments have come.</summary>
    public IReadOnlyList<byte> Committed() =>
        [.. plan.Dealers.Where(dealer => _messages.Exists(message => message.Kind == CeremonyMessageKind.Commit && message.From == dealer))];

    /// <summary>The dealers whose dealings so many receivers have acknowledged.</summary>
    public IReadOnlyList<byte> Acknowledged(int quorum) =>
        [.. plan.Dealers.Where(dealer => _acknowledged.TryGetValue(dealer, out var digests) && digests.Values.Any(receivers => receivers.Count >= quorum))];

    /// <summary>The dealers whose dealings all of these receivers have acknowledged alike: for when one of those who acknowledged lies.</summary>
    public IReadOnlyList<byte> AcknowledgedBy(IReadOnlyCollection<byte> receivers) =>
        [.. plan.Dealers.Where(dealer => _acknowledged.TryGetValue(dealer, out var digests) && digests.Values.Any(acknowledged => receivers.All(acknowledged.Contains)))];

    // Receiver, count, then the number of each dealer and the digest of its dealing; the signature behind them is for enclaves to check. A wrong one costs a proposal.
    private void Acknowledge(byte from, ReadOnlySpan<byte> body)
    {
        if (body.Length < 2) return;
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
