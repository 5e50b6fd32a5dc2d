using System.Security.Cryptography;
using VaultGrid.Ceremony.Files;
using VaultGrid.Crypto;

namespace VaultGrid.Ceremony.Keys;

/// <summary>Private keys as PEM files: PKCS#8, encrypted by us always, read from OpenSSL's hands in either form.</summary>
public static class SigningKeyFile
{
    private const int LargestFile = 64 * 1024;
    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";
    private const string PlainLabel = "PRIVATE KEY";

    /// <summary>Writes the key, encrypted, readable by its owner alone.</summary>
    public static void Write(string path, SigningKey key, SecretBytes passphrase, KeyProtection protection)
    {
        ArgumentNullException.ThrowIfNull(key);
        AtomicFile.Write(path, WithBytes(passphrase, bytes => key.ExportEncrypted(bytes, protection)) + "\n");
    }

    /// <summary>
    /// Reads a key. <c>resource.unknown</c>: no such file; <c>input.malformed</c>: not one PKCS#8 PEM block; <c>store.sealed</c>: the passphrase
    /// is wrong or missing; <c>certificate.weak</c>: neither P-256 nor RSA of at least 3072 bits.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="passphrase">UTF-8; null where the file isn't encrypted.</param>
    public static Outcome<SigningKey> Read(string path, SecretBytes? passphrase)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return new Refusal(RefusalCode.ResourceUnknown, $"there is no key file {path}");
        if (file.Length > LargestFile) return new Refusal(RefusalCode.InputTooLarge, $"{path} is too large for a key file");

        var pem = File.ReadAllText(path).ToCharArray();
        try
        {
            return Parse(pem, passphrase, path);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(pem.AsSpan()));
        }
    }

    private static Outcome<SigningKey> Parse(char[] pem, SecretBytes? passphrase, string path)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || new string(pem[fields.Label]) is not (EncryptedLabel or PlainLabel))
            return new Refusal(RefusalCode.InputMalformed, $"{path} is not a PKCS#8 key in PEM (openssl pkcs8 -topk8 converts)");
        var encrypted = new string(pem[fields.Label]) == EncryptedLabel;
        if (encrypted && passphrase is null) return new Refusal(RefusalCode.StoreSealed, $"{path} is encrypted: its passphrase is needed");

        var block = pem[fields.Location];
        var key = Import(ECDsa.Create()) ?? Import(RSA.Create());
        return key is not null
            ? SigningKey.Own(key)
            : new Refusal(RefusalCode.StoreSealed, $"{path} can't be opened: a wrong passphrase, or not an elliptic-curve or RSA key");

        AsymmetricAlgorithm? Import(AsymmetricAlgorithm candidate)
        {
            try
            {
                if (!encrypted) candidate.ImportFromPem(block);
                else WithBytes(passphrase!, bytes => Done(() => candidate.ImportFromEncryptedPem(block, bytes)));
                return candidate;
            }
            catch (Exception refused) when (refused is CryptographicException or ArgumentException)
            {
                candidate.Dispose();
                return null;
            }
        }
    }

    private static Done Done(Action action)
    {
        action();
        return default;
    }

    private static T WithBytes<T>(SecretBytes passphrase, Func<byte[], T> use)
    {
        ArgumentNullException.ThrowIfNull(passphrase);

        // Pinned, so that the collector leaves no second copy behind.
        var bytes = GC.AllocateArray<byte>(passphrase.Length, pinned: true);
        try
        {
            passphrase.CopyTo(bytes);
            return use(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
