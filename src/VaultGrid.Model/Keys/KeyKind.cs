namespace VaultGrid.Model;

/// <summary>What a key is.</summary>
public enum KeyKind
{
    /// <summary>A BIP-32 root of one cluster (a B key), from a 32-byte seed: <c>bip32</c>.</summary>
    Bip32,

    /// <summary>A secp256k1 key in multiplicative shares of several clusters, from a dealer (T and P): <c>threshold-ecdsa</c>.</summary>
    ThresholdEcdsa,
}

/// <summary>The names of <see cref="KeyKind"/>.</summary>
public static class KeyKinds
{
    /// <summary>The name in documents.</summary>
    public static string Name(this KeyKind kind) => kind switch
    {
        KeyKind.Bip32 => "bip32",
        KeyKind.ThresholdEcdsa => "threshold-ecdsa",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of key."),
    };

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string text, out KeyKind kind)
    {
        foreach (var candidate in Enum.GetValues<KeyKind>())
        {
            if (candidate.Name() != text) continue;
            kind = candidate;
            return true;
        }

        kind = default;
        return false;
    }
}
