using System.Collections.Concurrent;

namespace VaultGrid.Enclave;

/// <summary>
/// Session keys of other enclaves whose signature was verified once. Whether they count is asked every time: certificate, chain, revocation, period. Bounded: a flood of statements starts it
/// anew. Boxes are not disposed of: sessions share them.
/// </summary>
internal sealed class KnownPeers(EnclaveClock clock, CertificateGate certificates)
{
    private const int Capacity = 4096;

    // As many as two sessions send a peer.
    private const int BoxesKept = 4;

    private readonly ConcurrentDictionary<Hash256, (SessionKeyStatement Statement, Hash256 Hash, BoxStock Boxes)> _known = new();

    /// <summary>The peer that a statement is of; <c>session.mismatch</c>, <c>certificate.*</c>.</summary>
    /// <param name="said">The statement.</param>
    /// <param name="state">Authorities.</param>
    /// <param name="anyTime">True where its period doesn't matter: only the D key is wanted.</param>
    public Outcome<(SessionPeer Peer, SessionKeyStatement Statement, Hash256 StatementHash)> Check(SignedStatement said, VaultState state, bool anyTime = false)
    {
        if (!certificates.AnyDeviceNow(said.Certificate.Span, state).Is(out var device, out var refusal)) return refusal;
        if (device.Identity.Node is not { } node) return Mismatch($"{device} is no node");
        var name = Hash256.Of("known-peer", new WireWriter().Bytes(said.Statement.Span).Bytes(said.Signature.Span).Fixed(device.Thumbprint.Span).Written);
        if (!_known.TryGetValue(name, out var known))
        {
            if (!SessionKeyStatement.Parse(said.Statement.Span, said.Signature).Is(out var parsed, out refusal)) return refusal;
            if (parsed.Node != node || !device.Key.VerifiesStatement(said.Statement.Span, said.Signature.Span)) return Mismatch($"the session key is not that of {device}");
            if (!P256PublicKey.Parse(parsed.PublicKey.Span).Is(out var key, out refusal)) return refusal;
            if (_known.Count >= Capacity) _known.Clear();
            _known[name] = known = (parsed, parsed.Hash(), new BoxStock(key, BoxesKept));
        }

        var (statement, now) = (known.Statement, clock.Now);
        if (anyTime) return (new SessionPeer(node, device.Key, known.Boxes), statement, known.Hash);
        if (statement.To - statement.From > SessionKeys.Period || now < statement.From - SessionKeys.Skew || now > statement.To + SessionKeys.Skew)
            return Mismatch($"the session key of {node} counts from {statement.From:u} to {statement.To:u}, not at {now:u}");
        return (new SessionPeer(node, device.Key, known.Boxes), statement, known.Hash);
    }

    /// <summary>Makes one agreement ahead for a peer that was written to and whose session key is the current one; false where there is nothing to do.</summary>
    public bool FillOne()
    {
        var now = clock.Now;
        return _known.Values.Any(known => known.Statement.To >= now && known.Boxes.FillOne());
    }

    private static Refusal Mismatch(string why) => new(RefusalCode.SessionMismatch, $"a session's participant does not fit: {why}");
}
