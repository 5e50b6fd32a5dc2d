using System.Numerics;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Protocols.Tests.ThresholdEcdsa;

public sealed class ShareTableTests
{
    public static TheoryData<int, int> All
    {
        get
        {
            var sizes = new TheoryData<int, int>();
            for (var clusters = 2; clusters <= 10; clusters++)
                for (var threshold = 2; threshold <= clusters; threshold++)
                    sizes.Add(clusters, threshold);
            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Any_t_clusters_hold_every_share_and_no_fewer_do(int clusters, int threshold)
    {
        var table = DealtKeys.Table(clusters, threshold);
        for (var set = 0; set < 1 << clusters; set++)
        {
            var members = Enumerable.Range(1, clusters).Where(c => (set >> (c - 1) & 1) != 0).Select(c => (uint)c).ToArray();
            var held = members.SelectMany(table.HeldBy).Distinct().Count();
            Assert.Equal(members.Length >= threshold, held == table.ShareCount);

            // t − 1 clusters miss exactly the share of their own set.
            if (members.Length != threshold - 1) continue;
            Assert.Equal(table.ShareCount - 1, held);
            var missing = Enumerable.Range(0, table.ShareCount).Single(share => members.All(m => !table.Holds(m, share)));
            Assert.Equal(members, table.Lacking(missing));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sets_are_all_there_in_lexicographic_order(int clusters, int threshold)
    {
        var table = DealtKeys.Table(clusters, threshold);
        Assert.Equal(Binomial(clusters, threshold - 1), table.ShareCount);
        var sets = Enumerable.Range(0, table.ShareCount).Select(share => string.Concat(table.Lacking(share).Select(c => (char)('a' + c)))).ToArray();
        Assert.Equal(sets.Order(StringComparer.Ordinal).Distinct(), sets);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_combination_gives_every_share_once_to_the_first_who_holds_it(int clusters, int threshold)
    {
        var table = DealtKeys.Table(clusters, threshold);
        uint[][] orders = [[.. table.Clusters.Take(threshold)], [.. table.Clusters.Reverse().Take(threshold)]];
        foreach (var order in orders)
        {
            var combination = table.Combination(order).Value;
            var given = Enumerable.Range(0, threshold).SelectMany(place => combination[place].Select(share => (place, share))).ToArray();
            Assert.Equal(Enumerable.Range(0, table.ShareCount), given.Select(g => g.share).Order());
            foreach (var (place, share) in given)
            {
                Assert.True(table.Holds(order[place], share));
                Assert.DoesNotContain(order.Take(place), earlier => table.Holds(earlier, share));
            }
        }
    }

    [Fact]
    public void Two_of_three_is_the_table_of_the_paper()
    {
        // T₁ = {x₂, x₃}, T₂ = {x₁, x₃}, T₃ = {x₁, x₂}; clusters 1 and 3: {2, 3} and {1}.
        var table = DealtKeys.Table(3, 2);
        Assert.Equal([[1, 2], [0, 2], [0, 1]], table.Clusters.Select(c => table.HeldBy(c).ToArray()));
        var combination = table.Combination([1, 3]).Value;
        Assert.Equal([1, 2], combination[0]);
        Assert.Equal([0], combination[1]);
    }

    [Fact]
    public void What_is_not_supported_is_said_clearly()
    {
        Refusal?[] refusals =
        [
            ShareTable.Of([1, 2, 3], 1).Refusal, ShareTable.Of([1, 2, 3], 4).Refusal, ShareTable.Of([1], 2).Refusal, ShareTable.Of([], 2).Refusal,
            ShareTable.Of([2, 1], 2).Refusal, ShareTable.Of([1, 1], 2).Refusal, ShareTable.Of([0, 1], 2).Refusal,
            ShareTable.Of([.. Enumerable.Range(1, 17).Select(c => (uint)c)], 2).Refusal,
        ];
        Assert.All(refusals, refusal => Assert.Equal(RefusalCode.InputUnsupported, refusal?.Code));
        Assert.Contains("462 shares", ShareTable.Of([.. Enumerable.Range(1, 11).Select(c => (uint)c)], 6).Refusal?.Detail, StringComparison.Ordinal);

        var table = DealtKeys.Table(3, 2);
        uint[][] strange = [[1], [1, 1], [1, 4], [1, 2, 3], []];
        Assert.All(strange, clusters => Assert.NotNull(table.Combination(clusters).Refusal));
    }

    private static int Binomial(int n, int k) =>
        (int)(Enumerable.Range(n - k + 1, k).Aggregate(BigInteger.One, (a, b) => a * b) / Enumerable.Range(1, k).Aggregate(BigInteger.One, (a, b) => a * b));
}
