using System.CommandLine;

namespace VaultGrid.Cli.Hsm;

/// <summary>Which key of a Taproot key signs.</summary>
internal static class TweakOption
{
    public static Option<string?> Option() => new("--tweak")
    {
        Description = "For taproot: none (the key itself), key (its BIP-86 output), or the Merkle root of its output's scripts [default: none]", HelpName = "TWEAK",
    };

    public static TaprootTweak? Read(string? text, SigningAlgorithm? algorithm)
    {
        if (algorithm != SigningAlgorithm.Taproot) return text is null ? null : throw CommandEndedException.Usage("--tweak is for taproot keys");
        return TaprootTweak.TryParse(text ?? TaprootTweak.None.ToString(), out var tweak) ? tweak : throw CommandEndedException.Usage("--tweak is none, key, or 0x and 64 hex digits");
    }
}
