using System.CommandLine;
using System.Security.Cryptography;
using VaultGrid.Cli.Files;
using VaultGrid.Dealing;

namespace VaultGrid.Cli.Threshold;

/// <summary>An existing private key on the command line: the file that it is in, its passphrase, its chain code.</summary>
internal sealed class KeyToImport
{
    private readonly Option<string?> _passphrase = new("--import-passphrase-file") { Description = "File with its passphrase, if it is encrypted (else asked for)", HelpName = "FILE" };
    private readonly Option<Hash256?> _chainCode = Inputs.Hash("--chain-code", "BIP-32 chain code of the key that is imported [default: a random one]");

    public Option<string?> File { get; } = new("--import-key")
    {
        Description = "Shard this private key instead of drawing one: 32 raw bytes, or PKCS#8 in PEM", HelpName = "FILE",
    };

    public IEnumerable<Option> All => [File, _passphrase, _chainCode];

    public byte[] ChainCode(Invocation run) => run.Get(_chainCode) is { } code ? code.ToArray() : [];

    /// <summary>The key, or null where none is imported. Belongs to the caller.</summary>
    public PrivateKey? Read(Invocation run)
    {
        if (run.Get(File) is not { } path)
        {
            return run.Get(_chainCode) is null && run.Get(_passphrase) is null
                ? null
                : throw CommandEndedException.Usage("--chain-code and --import-passphrase-file go with --import-key");
        }

        var bytes = Bytes(path);
        using var passphrase = ExistingKey.IsEncrypted(bytes) ? PassphraseSource.Read(run.Get(_passphrase), $"the key {path}") : null;
        return ExistingKey.Take(bytes, passphrase).OrEnd(path);
    }

    // Straight into one pinned buffer, which ExistingKey wipes: no stream keeps a copy.
    private static byte[] Bytes(string path)
    {
        if (!System.IO.File.Exists(path)) throw CommandEndedException.Usage($"there is no file {path}");
        using var handle = System.IO.File.OpenHandle(path);
        var length = RandomAccess.GetLength(handle);
        if (length is 0 or > ExistingKey.Limit) throw CommandEndedException.Refused(new Refusal(RefusalCode.InputMalformed, $"{path} is no key to import: it has {length} bytes"));
        var bytes = GC.AllocateArray<byte>((int)length, pinned: true);
        if (RandomAccess.Read(handle, bytes, 0) == bytes.Length) return bytes;
        CryptographicOperations.ZeroMemory(bytes);
        throw new IOException($"{path} could not be read whole");
    }
}
