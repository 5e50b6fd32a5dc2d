using System.Collections.Concurrent;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Sessions;

/// <summary>The session keys that nodes told, so that not every session asks for them. Enclaves check them; a wrong or old one costs a try.</summary>
internal sealed class SessionKeyBook(TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<NodeId, (SignedStatement Statement, DateTimeOffset Until)> _known = new();

    /// <summary>A node's session key of this hour.</summary>
    public async ValueTask<Outcome<SignedStatement>> GetAsync(NodeId node, IEnclavePort port, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(node, out var known) && time.GetUtcNow() < known.Until) return known.Statement;
        if (!(await port.AskAsync(new SessionKeyCall(), cancellationToken)).Is(out var said, out var refusal)) return refusal;
        if (!SessionKeyStatement.Parse(said.Statement.Span, said.Signature).Is(out var statement, out refusal))
            return new Refusal(RefusalCode.EnclaveFault, $"node {node} told a session key that can't be read: {refusal.Detail}");
        _known[node] = (said, statement.To - Margin);
        return said;
    }

    /// <summary>Asks anew next time: the enclave has started again, or nobody takes what it told.</summary>
    public void Forget(NodeId node) => _known.TryRemove(node, out _);
}
