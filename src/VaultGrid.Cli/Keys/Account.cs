using System.Text.Json.Nodes;
using VaultGrid.Crypto.Bitcoin;
using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Cli.Keys;

/// <summary>A derived account. Its addresses are computed here from the public key; those that a grid sends are only compared.</summary>
internal sealed record Account(DerivationPath Path, PublicKey Key)
{
    public string Ethereum => EthereumAddress.Of(Key).ToString();

    public string Segwit => SegwitAddress.P2wpkh(Key, BitcoinNetwork.Mainnet).ToString();

    public string Taproot => SegwitAddress.P2tr(Key, BitcoinNetwork.Mainnet).ToString();

    /// <summary>The extended public key at a path as a grid answers it, checked to belong to the path and to the addresses beside it.</summary>
    public static async Task<Outcome<ExtendedPublicKey>> ExtendedAsync(Invocation run, ClusterId cluster, KeyId key, DerivationPath path)
    {
        if (!(await run.Grid.GetAccountAsync(cluster, key, path, run.Cancellation)).Is(out var status, out var refusal)) return refusal;
        var extended = ExtendedPublicKey.Parse(status.ExtendedPublicKey).OrEnd("the grid's extended public key");
        var account = new Account(path, extended.PublicKey);
        return extended.Depth == path.Depth && PublicBytes.Equal(status.PublicKey.Span, extended.PublicKey.Compressed) && status.Ethereum == account.Ethereum
            ? extended
            : new Refusal(RefusalCode.JoinMismatch, $"the grid's answer for {path} contradicts itself: don't use its addresses");
    }

    public JsonObject Json() => new()
    {
        ["path"] = Path.ToString(),
        ["publicKey"] = Hex.Encode(Key.Compressed),
        ["ethereum"] = Ethereum,
        ["bitcoinSegwit"] = Segwit,
        ["bitcoinTaproot"] = Taproot,
    };
}
