using System.CommandLine;
using VaultGrid.Cli.Files;
using VaultGrid.Dealing;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Threshold;

/// <summary>Wrap keys on the command line, verified against a CA bundle.</summary>
internal sealed class WrapKeyInputs
{
    public Option<string[]> Files { get; } = new("--wrap-key")
    {
        Description = "Wrap key of a cluster's first node; given once for each cluster", HelpName = "FILE", DefaultValueFactory = _ => [],
    };

    public IReadOnlyList<VerifiedWrapKey> Read(Invocation run, KeyId key, TrustedAuthorities authorities) =>
    [
        .. run.Get(Files)
            .Select(file => WrapKeyFile.Parse(InputFile.Bytes(file, WrapKeyFile.Limit)).Then(said => VerifiedWrapKey.Verify(said, key, authorities, run.Now)).OrEnd(file))
            .OrderBy(wrapKey => wrapKey.Statement.Node.Cluster.Number),
    ];
}
