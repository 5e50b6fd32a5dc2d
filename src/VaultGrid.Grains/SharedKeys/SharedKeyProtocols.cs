namespace VaultGrid.Grains.SharedKeys;

/// <summary>The protocols of session plans, by kind of key.</summary>
internal static class SharedKeyProtocols
{
    private const string Frost = "frost";
    private const string Bls = "bls";

    /// <summary>The protocol's name; null for a kind that signs nothing.</summary>
    public static string? Of(KeyKind kind) => kind switch
    {
        KeyKind.FrostSecp256k1 or KeyKind.Taproot or KeyKind.Ed25519 => Frost,
        KeyKind.Bls => Bls,
        KeyKind.Dise or KeyKind.Bip32 or KeyKind.ThresholdEcdsa => null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of key."),
    };

    /// <summary>True where signers first send commitments to nonces, which can be prepared.</summary>
    public static bool TakesSecondRound(string protocol) => protocol == Frost;
}
