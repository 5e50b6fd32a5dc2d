namespace VaultGrid.Enclave;

/// <summary>The sealing key is a file of 32 random bytes, readable by its owner alone. Parameters: one byte, 1.</summary>
internal sealed class KeyFileSecret : ISealingSecret
{
    private const byte Form = 1;

    private readonly SecretBytes _key;

    private KeyFileSecret(SecretBytes key) => _key = key;

    /// <summary>Reads the file; <c>store.sealed</c> where it can't be trusted or isn't a key.</summary>
    public static Outcome<KeyFileSecret> Read(string path)
    {
        if (!PrivateFile.Read(path, "the sealing key", limit: Aes256Gcm.KeyLength).Is(out var key, out var refusal)) return refusal;
        if (key.Length == Aes256Gcm.KeyLength) return new KeyFileSecret(key);
        key.Dispose();
        return new Refusal(RefusalCode.StoreSealed, $"the sealing key {path} must have {Aes256Gcm.KeyLength} random bytes; make one: head -c 32 /dev/urandom > FILE; chmod 600 FILE");
    }

    /// <inheritdoc/>
    public byte[] NewParameters() => [Form];

    /// <inheritdoc/>
    public Outcome<SecretBytes> Key(ReadOnlySpan<byte> parameters) => parameters is [Form]
        ? _key.Clone()
        : new Refusal(RefusalCode.StoreSealed, "the store is sealed by a passphrase, not by a key file: give --passphrase-file");

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "KeyFileSecret(redacted)";
}
