using System.Collections.Concurrent;

namespace VaultGrid.Model.Certificates;

/// <summary>
/// Certificates that were parsed before, by their bytes. Parsing and a chain's signatures cost several times what an approval's own signature
/// does; a parsed certificate remembers who signed it, so the cost is paid once. Whether it counts is asked every time.
/// </summary>
public sealed class CertificateCache
{
    private const int Limit = 4096;

    private readonly ConcurrentDictionary<Hash256, RoleCertificate> _parsed = new();

    /// <summary>Parses a certificate, or finds it.</summary>
    /// <param name="der">The certificate, DER.</param>
    public Outcome<RoleCertificate> Parse(ReadOnlySpan<byte> der)
    {
        if (der.Length > RoleCertificate.MaximumBytes) return RoleCertificate.Parse(der);

        var hash = Hash256.Sha256(der);
        if (_parsed.TryGetValue(hash, out var known)) return known;
        if (!RoleCertificate.Parse(der).Is(out var certificate, out var refusal)) return refusal;

        // A flood of strangers' certificates must not grow memory: the cache starts anew, and the ones in use come back at once.
        if (_parsed.Count >= Limit) _parsed.Clear();
        _parsed.TryAdd(hash, certificate);
        return certificate;
    }
}
