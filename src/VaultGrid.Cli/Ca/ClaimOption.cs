using System.CommandLine;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Ca;

/// <summary>What a client's certificate lets it do with which Domains: <c>--claim ID=encrypt,decrypt</c>, given once for each Domain.</summary>
internal static class ClaimOption
{
    private static readonly (string Name, DomainOperations Operation)[] Operations =
    [
        ("create", DomainOperations.Create), ("encrypt", DomainOperations.Encrypt), ("decrypt", DomainOperations.Decrypt),
        ("sign", DomainOperations.Sign), ("rotate", DomainOperations.Rotate), ("all", DomainOperations.All),
    ];

    public static Option<string[]> Option() => new("--claim")
    {
        Description = "What a client may do with a Domain: ID=create,encrypt,decrypt,sign,rotate or ID=all; may be given again",
        HelpName = "ID=…",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The claims; null where none are given, so that the certificate has no extension.</summary>
    public static ClientClaims? Read(IReadOnlyCollection<string> texts) =>
        texts.Count == 0 ? null : ClientClaims.Of(texts.Select(Parse)).OrEnd("--claim");

    public static string Text(DomainOperations operations) => string.Join(',', Operations
        .Where(each => each.Operation != DomainOperations.All && (operations & each.Operation) != 0).Select(each => each.Name));

    private static DomainClaim Parse(string text)
    {
        if (text.Split('=') is not [var id, var names] || !DomainId.TryParse(id, out var domain)) throw Misused(text);
        var operations = DomainOperations.None;
        foreach (var name in names.Split(','))
        {
            var found = Operations.FirstOrDefault(each => each.Name == name).Operation;
            if (found == DomainOperations.None || (operations & found) != 0) throw Misused(text);
            operations |= found;
        }

        return new DomainClaim(domain, operations);
    }

    private static CommandEndedException Misused(string text) => CommandEndedException.Usage(
        $"'{text}' is no claim", "expected a Domain's id, '=' and what may be done, such as 7d9b1c4e-…=encrypt,decrypt; 'vaultgrid domain new-id' draws an id");
}
