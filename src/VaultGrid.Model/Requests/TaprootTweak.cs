using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Model;

/// <summary>
/// Which key of a taproot key signs (BIP-341): the key itself (<c>none</c>; script path), its output without scripts (<c>key</c>; BIP-86), or its output
/// that commits to the scripts under a Merkle root (the root, 0x and 64 digits).
/// </summary>
public readonly record struct TaprootTweak
{
    private const string NoneName = "none", KeyName = "key";

    private readonly bool _isOutput;

    private TaprootTweak(bool isOutput, Hash256? root) => (_isOutput, MerkleRoot) = (isOutput, root);

    /// <summary>The internal key or a child of it, untweaked: what scripts check signatures against.</summary>
    public static TaprootTweak None { get; } = new(false, null);

    /// <summary>The output that no script can spend.</summary>
    public static TaprootTweak Key { get; } = new(true, null);

    /// <summary>True where the key of an output signs (key path).</summary>
    public bool IsOutput => _isOutput;

    /// <summary>The root of the scripts that the output commits to, or null.</summary>
    public Hash256? MerkleRoot { get; }

    /// <summary>The output that commits to scripts.</summary>
    public static TaprootTweak Scripts(Hash256 merkleRoot) => new(true, merkleRoot);

    /// <summary>Reads the text form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TaprootTweak tweak)
    {
        tweak = text == KeyName ? Key : None;
        if (text is NoneName or KeyName) return true;
        if (!Hash256.TryParse(text, out var root)) return false;
        tweak = Scripts(root);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => MerkleRoot is { } root ? root.ToString() : IsOutput ? KeyName : NoneName;
}
