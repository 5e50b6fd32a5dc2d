using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>Verifies a signature over a tagged statement, as <see cref="CertificateKey.VerifiesStatement"/> does, perhaps from memory.</summary>
/// <param name="key">Whose signature.</param>
/// <param name="statement">What it has to be over.</param>
/// <param name="signature">The signature.</param>
public delegate bool StatementVerifier(CertificateKey key, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature);
