using System.Text.Json;
using VaultGrid.Crypto;
using VaultGrid.Crypto.Ethereum;
using VaultGrid.Model.Json;

namespace VaultGrid.Ceremony.Requests;

/// <summary>
/// An Ethereum transaction (EIP-1559) as people write one: a JSON object of strings, decimal or 0x, with <c>chainId, nonce, to, value,
/// maxFeePerGas, maxPriorityFeePerGas, gas</c> and perhaps <c>data</c>; <c>to</c> is null where a contract is created. Amounts are whole wei.
/// Nothing is guessed: an unknown or repeated member, a number that is no string, a wrong checksum are refused.
/// </summary>
public sealed class TransactionDocument
{
    /// <summary>The largest document that is read, in bytes.</summary>
    public const int MaximumBytes = 256 * 1024;

    private static readonly string[] Known = ["chainId", "nonce", "to", "value", "maxFeePerGas", "maxPriorityFeePerGas", "gas", "data"];

    private readonly Dictionary<string, string?> _members = new(StringComparer.Ordinal);
    private string? _fault;

    private TransactionDocument()
    {
    }

    /// <summary>Reads a document to the transaction that it describes, checked as enclaves and approvers will check it.</summary>
    /// <param name="utf8">The JSON text.</param>
    /// <returns>The transaction, or <c>transaction.malformed</c> with the member that is wrong, <c>input.too-large</c>.</returns>
    public static Outcome<EthereumTransaction> Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaximumBytes) return new Refusal(RefusalCode.InputTooLarge, $"a transaction has at most {MaximumBytes} bytes");

        var document = new TransactionDocument();
        document.ReadMembers(utf8);
        if (document._fault is not null) return document.Malformed();

        var transaction = document.Transaction();
        return document._fault is not null ? document.Malformed() : EthereumTransaction.DecodeUnsigned(transaction.EncodeUnsigned());
    }

    private Eip1559Transaction Transaction() => new()
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

    private void ReadMembers(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8);
            if (json.RootElement.ValueKind != JsonValueKind.Object) Fail("it is not a JSON object");
            else foreach (var member in json.RootElement.EnumerateObject()) Read(member);
        }
        catch (InvalidOperationException)
        {
            Fail("a string in it is no text: bytes that aren't UTF-8, or half a surrogate pair");
        }
        catch (JsonException fault)
        {
            Fail($"it is not JSON (line {fault.LineNumber + 1})");
        }
    }

    private void Read(JsonProperty member)
    {
        var name = PlainText.IsPlain(member.Name) ? member.Name : "?";
        if (!Known.Contains(name)) Fail($"'{name}' is not a member; known are {string.Join(", ", Known)}");
        else if (member.Value.ValueKind == JsonValueKind.Number) Fail($"'{name}' is a number; write it as a string, such as \"{member.Value.GetRawText()}\", so that no digit is lost");
        else if (member.Value.ValueKind != JsonValueKind.String && !(name == "to" && member.Value.ValueKind == JsonValueKind.Null)) Fail($"'{name}' is not a string");
        else if (!_members.TryAdd(name, member.Value.GetString())) Fail($"'{name}' stands twice");
    }

    private EthereumAddress? Recipient()
    {
        if (!_members.TryGetValue("to", out var text)) Fail("'to' is missing; null creates a contract");
        if (text is null) return null;
        if (EthereumAddress.Parse(text).Is(out var address, out var refusal)) return address;
        Fail($"'to': {refusal.Detail}");
        return null;
    }

    private UInt256 Number(string name)
    {
        if (!_members.TryGetValue(name, out var text) || text is null)
        {
            Fail($"'{name}' is missing");
            return default;
        }

        if (text.StartsWith("0x", StringComparison.Ordinal) && text.Length is > 2 and <= 66 && text.Skip(2).All(char.IsAsciiHexDigit))
            return UInt256.FromBigEndian(Convert.FromHexString(text[2..].PadLeft(64, '0')));
        if (UInt256.TryParse(text, out var value)) return value;
        Fail($"'{name}' is neither a decimal number nor 0x and hex digits below 2^256: amounts are whole wei, without sign, point or unit");
        return default;
    }

    private ulong Small(string name)
    {
        if (!Number(name).TryToUInt64(out var value)) Fail($"'{name}' is 2^64 or more");
        return value;
    }

    private byte[] Bytes(string name)
    {
        if (!_members.TryGetValue(name, out var text)) return [];
        if (Hex.TryDecode(text!.ToLowerInvariant(), out var bytes)) return bytes;
        Fail($"'{name}' is not 0x and an even number of hex digits");
        return [];
    }

    // The first fault is the one to tell.
    private void Fail(string why) => _fault ??= why;

    private Refusal Malformed() => new(RefusalCode.TransactionMalformed, _fault!);
}
