using System.Collections.Immutable;
using System.CommandLine;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Hsm;

/// <summary>Which clients a shared key's policy lets use the key by their own signed calls; deny by default.</summary>
internal static class PermitOption
{
    public static Option<string[]> Option() => new("--permit")
    {
        Description = "Certificate of a client that may use the key by its own signed calls, without approvals; with =encrypt or =decrypt for that alone; may be given again",
        HelpName = "FILE[=OPERATIONS]",
        DefaultValueFactory = _ => [],
    };

    public static ImmutableArray<KeyGrant> Read(string[] given, KeyKind kind) =>
        [.. given.Select(one => Read(one, kind)).OrderBy(grant => grant.Identity, StringComparer.Ordinal)];

    /// <summary>Everything that a key of a kind can be used for.</summary>
    private static KeyOperations AllOf(KeyKind kind) => kind == KeyKind.Dise ? KeyOperations.Encrypt | KeyOperations.Decrypt : KeyOperations.Sign;

    private static KeyGrant Read(string given, KeyKind kind)
    {
        var all = AllOf(kind);
        var end = given.LastIndexOf('=');
        if (end < 0 || !KeyOperationNames.TryParse(given[(end + 1)..], out var operations)) return KeyGrant.For(CertificateFile.Read(given), all);
        return (operations & ~all) == 0
            ? KeyGrant.For(CertificateFile.Read(given[..end]), operations)
            : throw CommandEndedException.Usage($"'{given}' in --permit: a key of kind '{kind.Name()}' is used to {all.Name()}");
    }
}
