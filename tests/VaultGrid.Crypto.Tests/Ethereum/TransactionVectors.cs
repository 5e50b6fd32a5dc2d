using System.Text.Json;
using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Crypto.Tests;

/// <summary>Builds the transactions of tests/vectors/transactions.json from their fields.</summary>
internal static class TransactionVectors
{
    public static IReadOnlyList<JsonElement> All { get; } = GeneratedVectors.Read("transactions");

    public static EthereumTransaction Build(JsonElement vector)
    {
        var (nonce, gas) = (Small(vector, "nonce"), Small(vector, "gasLimit"));
        EthereumAddress? to = vector.IsNull("to") ? null : EthereumAddress.Parse(vector.Text("to")).Value;
        var value = Number(vector, "value");
        var data = vector.Bytes("data");
        return vector.Text("kind") switch
        {
            "legacy" => new LegacyTransaction
            {
                Nonce = nonce, GasLimit = gas, To = to, Value = value, Data = data, GasPrice = Number(vector, "gasPrice"),
            },
            "eip155" => new Eip155Transaction
            {
                ChainId = Small(vector, "chainId"), Nonce = nonce, GasLimit = gas, To = to, Value = value, Data = data, GasPrice = Number(vector, "gasPrice"),
            },
            "eip2930" => new Eip2930Transaction
            {
                ChainId = Small(vector, "chainId"), Nonce = nonce, GasLimit = gas, To = to, Value = value, Data = data, GasPrice = Number(vector, "gasPrice"),
                AccessList = AccessList(vector),
            },
            "eip1559" => new Eip1559Transaction
            {
                ChainId = Small(vector, "chainId"), Nonce = nonce, GasLimit = gas, To = to, Value = value, Data = data,
                MaxPriorityFeePerGas = Number(vector, "maxPriorityFeePerGas"), MaxFeePerGas = Number(vector, "maxFeePerGas"), AccessList = AccessList(vector),
            },
            var other => throw new InvalidOperationException(other),
        };
    }

    private static AccessListEntry[] AccessList(JsonElement vector) =>
    [
        .. vector.GetProperty("accessList").EnumerateArray().Select(entry => new AccessListEntry(
            EthereumAddress.Parse(entry.Text("address")).Value,
            [.. entry.GetProperty("storageKeys").EnumerateArray().Select(key => Hash256.Parse(key.GetString()!))])),
    ];

    private static UInt256 Number(JsonElement vector, string name) =>
        UInt256.TryParse(vector.Text(name), out var value) ? value : throw new FormatException(name);

    private static ulong Small(JsonElement vector, string name) =>
        Number(vector, name).TryToUInt64(out var value) ? value : throw new FormatException(name);
}
