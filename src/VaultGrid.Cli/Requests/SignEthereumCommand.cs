using System.CommandLine;

namespace VaultGrid.Cli.Requests;

internal sealed class SignEthereumCommand : SignRequestCommand
{
    private readonly Option<string?> _transaction;
    private readonly Option<string?> _raw;

    public SignEthereumCommand()
        : this(
            new Option<string?>("--transaction") { Description = "The transaction as JSON (samples/ethereum-transfer.json shows the form)", HelpName = "FILE" },
            new Option<string?>("--raw") { Description = "The unsigned transaction as 0x hex, instead of a file", HelpName = "0x…" })
    {
    }

    private SignEthereumCommand(Option<string?> transaction, Option<string?> raw)
        : base(
            "sign-ethereum",
            "Write a request to sign an Ethereum transaction",
            "vaultgrid request new sign-ethereum --cluster 1 --key treasury --path \"m/44'/60'/0'/0/0\" --transaction samples/ethereum-transfer.json --purpose 'invoice 17' --out request.json",
            transaction,
            raw) =>
        (_transaction, _raw) = (transaction, raw);

    protected override SigningSubject Subject(Invocation run)
    {
        var transaction = (run.Get(_transaction), run.Get(_raw)) switch
        {
            ({ } file, null) => TransactionFile.Read(file),
            (null, { } hex) => TransactionFile.ReadRaw(hex),
            _ => throw CommandEndedException.Usage("give either --transaction or --raw"),
        };
        return new SigningSubject.EthereumTransaction(transaction.EncodeUnsigned());
    }
}
