using System.CommandLine;

namespace VaultGrid.Cli.Hsm;

/// <summary>The scheme of a shared key as people name it.</summary>
internal static class SchemeOption
{
    private static readonly IReadOnlyDictionary<string, KeyKind> Known = new Dictionary<string, KeyKind>(StringComparer.Ordinal)
    {
        ["schnorr"] = KeyKind.FrostSecp256k1, ["taproot"] = KeyKind.Taproot, ["ed25519"] = KeyKind.Ed25519, ["bls"] = KeyKind.Bls, ["symmetric"] = KeyKind.Dise,
    };

    public static Option<string?> Option(bool required)
    {
        var option = new Option<string?>("--scheme")
        {
            Description = required ? "schnorr, taproot, ed25519, bls or symmetric" : "schnorr, taproot, ed25519, bls or symmetric: the key must be of it [default: the key's own]",
            HelpName = "SCHEME",
            Required = required,
        };
        option.AcceptOnlyFromAmong([.. Known.Keys]);
        return option;
    }

    public static KeyKind? Read(string? name) => name is null ? null : Known[name];

    public static string NameOf(string kind) => KeyKinds.TryParse(kind, out var known) ? Known.FirstOrDefault(pair => pair.Value == known).Key ?? kind : kind;
}
