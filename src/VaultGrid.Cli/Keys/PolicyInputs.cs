using System.Collections.Immutable;
using System.CommandLine;
using VaultGrid.Cli.Files;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Keys;

/// <summary>How a policy is given on the command line.</summary>
internal static class PolicyInputs
{
    public static Option<int> Quorum() => new("--quorum") { Description = "How many administrators must approve", HelpName = "M", Required = true };

    public static Option<string[]> Admins() => new("--admin")
    {
        Description = "Certificate of an administrator; given once for each", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string[]> Algorithms() => new("--algorithm")
    {
        Description = "What the key may sign: ethereum-transaction or ecdsa-secp256k1 (raw digests); may be given again",
        DefaultValueFactory = _ => [SigningAlgorithm.EthereumTransaction.Name()],
    };

    public static Option<string[]> Paths() => new("--allow-path")
    {
        Description = "Where the key may sign, * for any index; may be given again",
        HelpName = "PATTERN",
        DefaultValueFactory = _ => ["m/44'/60'/*'/0/*"],
    };

    public static ImmutableArray<PolicyAdmin> ReadAdmins(string[] files) =>
    [
        .. files.Select(file => (File: file, Certificate: CertificateFile.Read(file)))
            .Select(entry => entry.Certificate.Role == CertificateRole.Admin
                ? PolicyAdmin.Of(entry.Certificate)
                : throw CommandEndedException.Refused(new Refusal(RefusalCode.CertificateRole, $"{entry.File} is the certificate of {entry.Certificate.Identity}, not of an administrator")))
            .OrderBy(admin => admin.Identity, StringComparer.Ordinal),
    ];

    public static ImmutableArray<SigningAlgorithm> ReadAlgorithms(string[] names) =>
    [
        .. names.Select(name => SigningAlgorithms.TryParse(name, out var algorithm)
            ? algorithm
            : throw CommandEndedException.Usage($"'{name}' is not an algorithm: ethereum-transaction or ecdsa-secp256k1")),
    ];

    public static ImmutableArray<PathPattern> ReadPaths(string[] patterns) =>
    [
        .. patterns.Select(text => PathPattern.TryParse(text, out var pattern)
            ? pattern
            : throw CommandEndedException.Usage($"'{text}' is not a path pattern, such as m/44'/60'/*'/0/*")),
    ];

    /// <summary>The policy as everyone else will read it.</summary>
    public static KeyPolicy Checked(KeyPolicy policy) => KeyPolicy.Parse(policy.ToUtf8()).OrEnd();
}
