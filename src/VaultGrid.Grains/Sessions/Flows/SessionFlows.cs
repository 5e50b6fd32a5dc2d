namespace VaultGrid.Grains.Sessions;

/// <summary>The protocols that sessions are coordinated for, by kind of key.</summary>
internal static class SessionFlows
{
    private static readonly ThresholdEcdsaFlow Ecdsa = new();

    /// <summary>The flow for a kind of key, such as <c>threshold-ecdsa</c>; null for keys that sign in no session.</summary>
    public static ISessionFlow? Of(string kind) => KeyKinds.TryParse(kind, out var known)
        ? known switch
        {
            KeyKind.ThresholdEcdsa => Ecdsa,
            KeyKind.Bip32 => null,

            // A kind whose protocol has no flow here signs in no session of this grid.
            KeyKind.FrostSecp256k1 or KeyKind.Taproot or KeyKind.Ed25519 or KeyKind.Bls or KeyKind.Dise => null,
            _ => throw new InvalidOperationException("An unlisted kind of key."),
        }
        : null;
}
