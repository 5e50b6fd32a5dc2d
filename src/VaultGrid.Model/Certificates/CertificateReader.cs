using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace VaultGrid.Model.Certificates;

/// <summary>
/// Parses certificates and remembers the last few by their hash, so that the same admins' certificates in every request cost one hash each
/// instead of parsing, key import and chain signature. Safe for use from any thread; holds nothing but public bytes.
/// </summary>
/// <param name="capacity">How many are remembered before all are forgotten: a flood of strangers costs time, never memory.</param>
public sealed class CertificateReader(int capacity = 512)
{
    private readonly ConcurrentDictionary<string, RoleCertificate> _known = new(StringComparer.Ordinal);

    /// <summary><see cref="RoleCertificate.Parse"/>, or the object that an earlier call gave for the same bytes. Refusals aren't remembered.</summary>
    public Outcome<RoleCertificate> Read(ReadOnlySpan<byte> der)
    {
        if (der.Length > RoleCertificate.MaximumBytes) return RoleCertificate.Parse(der);

        var thumbprint = Convert.ToHexStringLower(SHA256.HashData(der));
        if (_known.TryGetValue(thumbprint, out var known)) return known;
        if (!RoleCertificate.Parse(der).Is(out var certificate, out var refusal)) return refusal;

        if (_known.Count >= capacity) _known.Clear();
        return _known.GetOrAdd(thumbprint, certificate);
    }
}
