using VaultGrid.Ceremony.Requests;
using VaultGrid.Cli.Files;
using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Cli.Requests;

/// <summary>The transaction that is to be signed, from a file or as hex.</summary>
internal static class TransactionFile
{
    public static EthereumTransaction Read(string path) => TransactionDocument.Parse(InputFile.Bytes(path)).OrEnd(path);

    /// <summary>Reads unsigned transaction bytes from hex.</summary>
    public static EthereumTransaction ReadRaw(string hex) => Hex.TryDecode(hex, out var bytes)
        ? EthereumTransaction.DecodeUnsigned(bytes).OrEnd("--raw")
        : throw CommandEndedException.Usage("--raw is not lower-case hex with 0x before it");
}
