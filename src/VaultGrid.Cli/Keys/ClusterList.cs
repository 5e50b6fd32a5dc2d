using System.Globalization;

namespace VaultGrid.Cli.Keys;

/// <summary>Several clusters on the command line.</summary>
internal static class ClusterList
{
    public static ClusterSet Read(string list, string option) =>
        ClusterSet.TryCreate([.. list.Split(',').Select(text => Parse(text, option)).OrderBy(cluster => cluster.Number)], out var set)
            ? set
            : throw CommandEndedException.Usage($"{option} names 2 to {ClusterSet.Limit} different clusters");

    private static ClusterId Parse(string text, string option) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) && ClusterId.TryParse(text, out var cluster)
            ? cluster
            : throw CommandEndedException.Usage($"'{text}' in {option} is not a cluster's number");
}
