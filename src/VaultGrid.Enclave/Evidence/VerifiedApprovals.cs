using System.Collections.Concurrent;

namespace VaultGrid.Enclave;

/// <summary>
/// Approvals' signatures that were verified ahead of the step that needs them (<see cref="AnnounceRequestCall"/>), by key, statement and signature: that these three belong
/// together does not change. Whether the approval counts is asked every time. Bounded: a flood starts it anew. Any thread may call.
/// </summary>
internal sealed class VerifiedApprovals
{
    private const int Capacity = 1024;

    private readonly ConcurrentDictionary<Hash256, byte> _known = new();

    /// <summary>True for a signature that is known to verify, or does.</summary>
    public bool Verifies(CertificateKey key, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) =>
        (!_known.IsEmpty && _known.ContainsKey(NameOf(key, statement, signature))) || key.VerifiesStatement(statement, signature);

    /// <summary>True for a signature that verifies; it is remembered.</summary>
    public bool VerifiesAhead(CertificateKey key, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature)
    {
        if (!key.VerifiesStatement(statement, signature)) return false;
        if (_known.Count >= Capacity) _known.Clear();
        _known[NameOf(key, statement, signature)] = 0;
        return true;
    }

    private static Hash256 NameOf(CertificateKey key, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) =>
        Hash256.Of("verified-approval", new WireWriter().Bytes(key.SpkiHash.Span).Bytes(statement).Bytes(signature).Written);
}
