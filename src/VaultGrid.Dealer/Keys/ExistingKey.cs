using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Dealing;

/// <summary>
/// A private key on secp256k1 that exists already and is to be sharded: 32 raw bytes, or PKCS#8 in PEM, encrypted or not. It moves into locked
/// memory; what it was read from is wiped.
/// </summary>
/// <remarks>An encrypted file is opened by the platform's crypto library, which holds the key for a moment and wipes it.</remarks>
[DebuggerDisplay("ExistingKey(redacted)")]
public static class ExistingKey
{
    /// <summary>The largest file, in bytes.</summary>
    public const int Limit = 16 * 1024;

    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";
    private const string PlainLabel = "PRIVATE KEY";
    private const string Secp256k1Oid = "1.3.132.0.10";

    /// <summary>True where the file can't be read without a passphrase.</summary>
    public static bool IsEncrypted(ReadOnlySpan<byte> file) => file.IndexOf("-----BEGIN ENCRYPTED PRIVATE KEY-----"u8) >= 0;

    /// <summary>Reads a key and wipes the buffer that it came in.</summary>
    /// <param name="file">The file's bytes; zero afterwards.</param>
    /// <param name="passphrase">UTF-8; null where the file isn't encrypted.</param>
    /// <returns>
    /// The key, or <c>input.malformed</c>: neither 32 bytes nor PKCS#8, or no key of secp256k1; <c>store.sealed</c>: a wrong or missing passphrase.
    /// </returns>
    public static Outcome<PrivateKey> Take(Span<byte> file, SecretBytes? passphrase)
    {
        try
        {
            return file.Length == PrivateKey.Length ? PrivateKey.Take(file) : FromPem(file, passphrase);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
        }
    }

    private static Outcome<PrivateKey> FromPem(ReadOnlySpan<byte> file, SecretBytes? passphrase)
    {
        var neither = new Refusal(RefusalCode.InputMalformed, "a key to import is a file of 32 raw bytes, or PKCS#8 in PEM (openssl pkcs8 -topk8 converts)");
        if (file.Length > Limit) return neither;

        // Pinned, so that the collector leaves no second copy behind.
        var pem = GC.AllocateArray<char>(file.Length, pinned: true);
        try
        {
            for (var i = 0; i < file.Length; i++) pem[i] = (char)file[i];
            if (!PemEncoding.TryFind(pem, out var fields)) return neither;
            return pem.AsSpan()[fields.Label] switch
            {
                PlainLabel => Import(key => key.ImportFromPem(pem.AsSpan()[fields.Location])),
                EncryptedLabel when passphrase is null => new Refusal(RefusalCode.StoreSealed, "the key to import is encrypted: its passphrase is needed"),
                EncryptedLabel => WithPassphrase(pem.AsMemory()[fields.Location], passphrase),
                _ => neither,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(pem.AsSpan()));
        }
    }

    private static Outcome<PrivateKey> WithPassphrase(ReadOnlyMemory<char> pem, SecretBytes passphrase)
    {
        var bytes = GC.AllocateArray<byte>(passphrase.Length, pinned: true);
        try
        {
            passphrase.CopyTo(bytes);
            return Import(key => key.ImportFromEncryptedPem(pem.Span, bytes));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static Outcome<PrivateKey> Import(Action<ECDsa> import)
    {
        using var platform = ECDsa.Create();
        try
        {
            import(platform);
        }
        catch (Exception refused) when (refused is CryptographicException or ArgumentException)
        {
            return new Refusal(RefusalCode.StoreSealed, "the key to import can't be opened: a wrong passphrase, or not an elliptic-curve key");
        }

        var parameters = platform.ExportParameters(includePrivateParameters: true);
        try
        {
            return parameters.Curve.Oid?.Value == Secp256k1Oid || parameters.Curve.Oid?.FriendlyName == "secp256k1"
                ? PrivateKey.Take(parameters.D)
                : new Refusal(RefusalCode.InputMalformed, "the key to import is not one of secp256k1");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parameters.D);
        }
    }
}
