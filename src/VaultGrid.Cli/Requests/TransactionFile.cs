using System.Text.Json;
using VaultGrid.Cli.Files;
using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Cli.Requests;

/// <summary>
/// An Ethereum transaction as people write one: a JSON object of strings, decimal or 0x, with <c>chainId, nonce, to, value, maxFeePerGas,
/// maxPriorityFeePerGas, gas</c> and perhaps <c>data</c>; <c>to</c> is null where a contract is created. Every name counts: none is guessed.
/// </summary>
internal sealed class TransactionFile
{
    private static readonly string[] Known = ["chainId", "nonce", "to", "value", "maxFeePerGas", "maxPriorityFeePerGas", "gas", "data"];

    private readonly string _path;
    private readonly Dictionary<string, string?> _members;

    private TransactionFile(string path, Dictionary<string, string?> members) => (_path, _members) = (path, members);

    /// <summary>Reads a file to the transaction that it describes (EIP-1559).</summary>
    public static EthereumTransaction Read(string path) => new TransactionFile(path, Members(path)).Transaction();

    /// <summary>Reads unsigned transaction bytes from hex.</summary>
    public static EthereumTransaction ReadRaw(string hex) =>
        Hex.TryDecode(hex, out var bytes) ? EthereumTransaction.DecodeUnsigned(bytes).OrEnd("--raw") : throw CommandEndedException.Usage("--raw is not lower-case hex with 0x before it");

    private EthereumTransaction Transaction()
    {
        var transaction = new Eip1559Transaction
        {
            ChainId = Small("chainId"),
            Nonce = Small("nonce"),
            To = Recipient(),
            Value = Number("value"),
            MaxFeePerGas = Number("maxFeePerGas"),
            MaxPriorityFeePerGas = Number("maxPriorityFeePerGas"),
            GasLimit = Small("gas"),
            Data = Bytes("data"),
        };

        // Decoded again as enclave and approvers will, so that what is wrong with it shows here first.
        return EthereumTransaction.DecodeUnsigned(transaction.EncodeUnsigned()).OrEnd(_path);
    }

    private static Dictionary<string, string?> Members(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(InputFile.Bytes(path, 1 << 18), new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Malformed(path, "it is not a JSON object");
            return document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => Text(path, member), StringComparer.Ordinal);
        }
        catch (JsonException fault)
        {
            throw Malformed(path, $"it is not JSON (line {fault.LineNumber + 1}), or a member stands twice");
        }
    }

    private static string? Text(string path, JsonProperty member)
    {
        if (!Known.Contains(member.Name)) throw Malformed(path, $"'{Shown.Plain(member.Name)}' is not a member; known are {string.Join(", ", Known)}");
        return member.Value.ValueKind switch
        {
            JsonValueKind.String => member.Value.GetString(),
            JsonValueKind.Null when member.Name == "to" => null,
            JsonValueKind.Number => throw Malformed(path, $"'{member.Name}' is a number; write it as a string, such as \"{Shown.Plain(member.Value.GetRawText())}\", so that no digit is lost"),
            _ => throw Malformed(path, $"'{member.Name}' is not a string"),
        };
    }

    private EthereumAddress? Recipient()
    {
        if (!_members.TryGetValue("to", out var text)) throw Malformed(_path, "'to' is missing; null creates a contract");
        if (text is null) return null;
        return EthereumAddress.Parse(text).Is(out var address, out var refusal) ? address : throw Malformed(_path, $"'to': {refusal.Detail}");
    }

    private UInt256 Number(string name)
    {
        var text = Required(name);
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            var digits = text[2..];
            if (digits.Length is > 0 and <= 64 && digits.All(char.IsAsciiHexDigit)) return UInt256.FromBigEndian(Convert.FromHexString(digits.PadLeft(64, '0')));
        }
        else if (UInt256.TryParse(text, out var value))
        {
            return value;
        }

        throw Malformed(_path, $"'{name}' is neither a decimal number nor 0x and hex digits below 2^256: amounts are whole wei, without sign, point or unit");
    }

    private ulong Small(string name) => Number(name).TryToUInt64(out var value) ? value : throw Malformed(_path, $"'{name}' is 2^64 or more");

    private byte[] Bytes(string name)
    {
        if (!_members.TryGetValue(name, out var text) || text is null) return [];
        return Hex.TryDecode(text.ToLowerInvariant(), out var bytes) ? bytes : throw Malformed(_path, $"'{name}' is not 0x and an even number of hex digits");
    }

    private string Required(string name) => _members.GetValueOrDefault(name) ?? throw Malformed(_path, $"'{name}' is missing");

    private static CommandEndedException Malformed(string path, string why) => CommandEndedException.Refused(new Refusal(RefusalCode.TransactionMalformed, $"{path}: {why}"));
}
