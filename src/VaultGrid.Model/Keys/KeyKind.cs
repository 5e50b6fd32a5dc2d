namespace VaultGrid.Model;

/// <summary>What a key is.</summary>
public enum KeyKind
{
    /// <summary>A BIP-32 root of one cluster (a B key), from a 32-byte seed: <c>bip32</c>.</summary>
    Bip32,

    /// <summary>A secp256k1 key in multiplicative shares of several clusters, from a dealer (T and P): <c>threshold-ecdsa</c>.</summary>
    ThresholdEcdsa,

    /// <summary>Shares of a secp256k1 key made without a dealer, for Schnorr signatures of RFC 9591 (FROST): <c>frost-secp256k1</c>.</summary>
    FrostSecp256k1,

    /// <summary>The same for signatures of BIP-340 and BIP-341: <c>taproot</c>.</summary>
    Taproot,

    /// <summary>Shares of an Ed25519 key, made without a dealer: <c>ed25519</c>.</summary>
    Ed25519,

    /// <summary>Shares of a BLS12-381 key as Ethereum's consensus has it, made without a dealer: <c>bls</c>.</summary>
    Bls,

    /// <summary>Shares of a key of threshold authenticated encryption (DiSE), made without a dealer: <c>dise</c>.</summary>
    Dise,
}

/// <summary>The names of <see cref="KeyKind"/>.</summary>
public static class KeyKinds
{
    /// <summary>The name in documents.</summary>
    public static string Name(this KeyKind kind) => kind switch
    {
        KeyKind.Bip32 => "bip32",
        KeyKind.ThresholdEcdsa => "threshold-ecdsa",
        KeyKind.FrostSecp256k1 => "frost-secp256k1",
        KeyKind.Taproot => "taproot",
        KeyKind.Ed25519 => "ed25519",
        KeyKind.Bls => "bls",
        KeyKind.Dise => "dise",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of key."),
    };

    /// <summary>True for kinds that nodes generate together (protocols.md, section 5): each holds a share with a version.</summary>
    public static bool IsShared(this KeyKind kind) => kind switch
    {
        KeyKind.FrostSecp256k1 or KeyKind.Taproot or KeyKind.Ed25519 or KeyKind.Bls or KeyKind.Dise => true,
        KeyKind.Bip32 or KeyKind.ThresholdEcdsa => false,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of key."),
    };

    /// <summary>How a kind of shared key signs; null for <see cref="KeyKind.Dise"/>, which doesn't, and for kinds that no policy narrows to one algorithm.</summary>
    public static SigningAlgorithm? Algorithm(this KeyKind kind) => kind switch
    {
        KeyKind.FrostSecp256k1 => SigningAlgorithm.Schnorr,
        KeyKind.Taproot => SigningAlgorithm.Taproot,
        KeyKind.Ed25519 => SigningAlgorithm.Ed25519,
        KeyKind.Bls => SigningAlgorithm.Bls,
        KeyKind.Dise or KeyKind.Bip32 or KeyKind.ThresholdEcdsa => null,
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
