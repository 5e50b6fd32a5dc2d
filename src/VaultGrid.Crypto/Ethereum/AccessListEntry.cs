namespace VaultGrid.Crypto.Ethereum;

/// <summary>One entry of an access list (EIP-2930): a contract and the storage slots that a transaction says it will touch.</summary>
/// <param name="Address">The contract.</param>
/// <param name="StorageKeys">Slots, 32 bytes each; they may repeat and have no order.</param>
public sealed record AccessListEntry(EthereumAddress Address, IReadOnlyList<Hash256> StorageKeys)
{
    internal RlpItem ToRlp() => RlpItem.ListOf(RlpItem.Of(Address.AsSpan()), RlpItem.ListOf(StorageKeys.Select(key => RlpItem.Of(key.AsSpan()))));
}
