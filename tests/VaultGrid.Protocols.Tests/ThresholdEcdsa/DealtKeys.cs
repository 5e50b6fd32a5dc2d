using System.Collections.Concurrent;
using System.Security.Cryptography;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Protocols.Tests.ThresholdEcdsa;

/// <summary>Keys dealt once for a run, with one P of the unsafe size.</summary>
internal static class DealtKeys
{
    public static RandomNumberGenerator Random { get; } = RandomNumberGenerator.Create();

    private static readonly Lazy<PaillierPrivateKey> Drawn = new(() => PaillierPrivateKey.Generate(Random, PaillierModulusSize.UnsafeBits2048));
    private static readonly ConcurrentDictionary<(int Clusters, int Threshold), Lazy<IReadOnlyList<ThresholdShare>>> Keys = new();

    public static PaillierPrivateKey Paillier => Drawn.Value;

    /// <summary>Every cluster's part of a key; clusters are numbered 1 to n.</summary>
    public static IReadOnlyList<ThresholdShare> Of(int clusters, int threshold) =>
        Keys.GetOrAdd((clusters, threshold), _ => new(() => Draw(clusters, threshold))).Value;

    public static ShareTable Table(int clusters, int threshold) =>
        ShareTable.Of([.. Enumerable.Range(1, clusters).Select(c => (uint)c)], threshold).Value;

    public static IReadOnlyList<ThresholdShare> Import(Deal deal)
    {
        using var primes = Paillier.Export();
        return [.. deal.Shares.Select(set =>
        {
            using var shares = set.Export();
            return ThresholdShare.Import(deal.Statement, set.Cluster, shares, primes, PaillierModulusSize.UnsafeBits2048, Random).Value;
        })];
    }

    private static IReadOnlyList<ThresholdShare> Draw(int clusters, int threshold)
    {
        using var deal = Dealer.Draw(Table(clusters, threshold), Paillier, Random).Value;
        return Import(deal);
    }
}
