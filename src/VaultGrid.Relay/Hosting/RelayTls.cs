using System.Security.Cryptography;

namespace VaultGrid.Relay;

/// <summary>Who the relay is and whom it believes, loaded from its files once at start.</summary>
internal sealed class RelayTls : IDisposable
{
    private RelayTls(TlsIdentity identity, KnownAuthorities authorities) => (Identity, Authorities) = (identity, authorities);

    public TlsIdentity Identity { get; }

    public KnownAuthorities Authorities { get; }

    /// <exception cref="RelayStartException">A file is missing or isn't what it should be; the message says which.</exception>
    public static RelayTls Load(RelayOptions options, TimeProvider time)
    {
        var now = time.GetUtcNow();
        if (!KnownAuthorities.Open(Read(options.RootFile), Read(options.AuthoritiesFile), now).Is(out var authorities, out var refusal))
            throw new RelayStartException($"the authorities in {options.RootFile} and {options.AuthoritiesFile} are refused ({refusal})");

        var passphrase = ReadPassphrase(options.PassphraseFile);
        try
        {
            if (!TlsIdentity.FromPem(Read(options.CertificateFile), Read(options.KeyFile), FirstLine(passphrase)).Is(out var identity, out refusal))
                throw new RelayStartException($"{options.CertificateFile} and {options.KeyFile} are refused ({refusal})");
            if (!authorities.Verify(identity.Certificate, CertificateRole.Relay, now).Is(out _, out refusal))
                throw new RelayStartException($"the certificate in {options.CertificateFile} doesn't count ({refusal})");
            return new RelayTls(identity, authorities);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passphrase);
        }
    }

    public void Dispose() => Identity.Dispose();

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RelayStartException($"{file} can't be read ({failure.Message})", failure);
        }
    }

    // The passphrase never becomes a string: those can't be wiped.
    private static byte[] ReadPassphrase(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RelayStartException($"{file} can't be read ({failure.Message})", failure);
        }
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text) => text.IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var end ? text[..end] : text;
}
