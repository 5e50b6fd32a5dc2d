using VaultGrid.Protocols;
using VaultGrid.Protocols.Frost;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>The keys that a shared key signs with: itself, children, outputs.</summary>
internal static class SharedAccounts
{
    /// <summary>The key at a path, tweaked as the message says.</summary>
    /// <param name="suite">How it signs.</param>
    /// <param name="key">The shared key.</param>
    /// <param name="approved">Path, and for taproot the tweak.</param>
    public static Outcome<SigningKey> Derive(FrostSuite suite, SharedKey key, ApprovedMessage approved)
    {
        if (!SigningKey.Of(suite, key).Derive([.. approved.Path.Steps]).Is(out var account, out var refusal)) return refusal;
        if (approved.Variant.Length == 0) return account;
        if (!TaprootTweak.TryParse(approved.Variant, out var tweak)) return new Refusal(RefusalCode.InputMalformed, "the tweak is none");
        return tweak.IsOutput ? account.TaprootOutput(tweak.MerkleRoot) : account;
    }

    /// <summary>The extended public key at a path, for keys on secp256k1.</summary>
    public static Outcome<ExtendedPublicKey> ExtendedPublic(KeyKind kind, SharedKey key, DerivationPath path)
    {
        if (kind is not (KeyKind.FrostSecp256k1 or KeyKind.Taproot)) return new Refusal(RefusalCode.InputUnsupported, $"a key of kind {kind.Name()} has no extended public keys");
        var master = new WireWriter().U32(0x0488B21E).U8(0).U32(0).U32(0).Fixed(key.ChainCode.AsSpan()).Fixed(key.PublicKey.Bytes).ToArray();
        return ExtendedPublicKey.FromBytes(master).Then(root => root.Derive([.. path.Steps]));
    }
}
