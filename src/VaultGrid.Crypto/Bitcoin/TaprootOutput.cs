namespace VaultGrid.Crypto.Bitcoin;

/// <summary>The key of a taproot output (BIP-341): an internal key, tweaked with what else may spend the output.</summary>
public sealed class TaprootOutput
{
    private readonly PublicKey _point;

    private TaprootOutput(PublicKey point, Hash256 tweak)
    {
        _point = point;
        Key = point.ToXOnly();
        Tweak = tweak;
    }

    /// <summary>The output key: the witness program of version 1.</summary>
    public XOnlyPublicKey Key { get; }

    /// <summary>The number that was added to the internal key (times G), and is to be added to the private key.</summary>
    public Hash256 Tweak { get; }

    /// <summary>True where the tweaked point has an odd y: the lowest bit of the first byte of a control block.</summary>
    public bool HasOddY => _point.Compressed[0] == 0x03;

    /// <summary>An output that only the key spends: tweaked with the hash of the key alone, which proves that there is no script (BIP-86).</summary>
    public static TaprootOutput Of(XOnlyPublicKey internalKey)
    {
        ArgumentNullException.ThrowIfNull(internalKey);
        return Tweaked(internalKey, TapHash.Tweak(internalKey));
    }

    /// <summary>An output that scripts may spend too.</summary>
    /// <param name="internalKey">The key of the key path.</param>
    /// <param name="merkleRoot">Root of the script tree (<see cref="TapHash"/>).</param>
    public static TaprootOutput Of(XOnlyPublicKey internalKey, Hash256 merkleRoot)
    {
        ArgumentNullException.ThrowIfNull(internalKey);
        return Tweaked(internalKey, TapHash.Tweak(internalKey, merkleRoot));
    }

    // A hash that is not below the order, or that leads to infinity, has a chance of 2^-127: BIP-341 lets it fail.
    private static TaprootOutput Tweaked(XOnlyPublicKey internalKey, Hash256 tweak) => new(internalKey.TweakAdd(tweak.AsSpan()).Value, tweak);
}
