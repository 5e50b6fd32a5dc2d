using System.CommandLine;
using VaultGrid.Cli.Keys;

namespace VaultGrid.Cli.Threshold;

/// <summary>The terms of a deal on the command line: how many clusters, how many of them sign, how long P is.</summary>
internal sealed class DealOptions
{
    private readonly Option<string> _clusters = new("--clusters") { Description = "The clusters that will hold the key, such as 1,2,3", HelpName = "LIST", Required = true };
    private readonly Option<int> _modulus = new("--modulus") { Description = "Bits of the Paillier modulus: 3072 or 4096", HelpName = "BITS", DefaultValueFactory = _ => 3072 };
    private readonly Option<bool> _short = new("--unsafe-modulus-2048") { Description = "A modulus of 2048 bits, for trying out the ceremony: no enclave takes it" };

    public Option<int> Threshold { get; } = new("--threshold") { Description = "How many clusters sign, at least 2", HelpName = "T", Required = true };

    public IEnumerable<Option> All => [_clusters, Threshold, _modulus, _short];

    public PaillierModulusSize Modulus(Invocation run) => run.Get(_short)
        ? PaillierModulusSize.UnsafeBits2048
        : run.Get(_modulus) switch
        {
            3072 => PaillierModulusSize.Bits3072,
            4096 => PaillierModulusSize.Bits4096,
            _ => throw CommandEndedException.Usage("--modulus is 3072 or 4096"),
        };

    public ClusterSet Clusters(Invocation run) => ClusterList.Read(run.Get(_clusters), "--clusters");
}
