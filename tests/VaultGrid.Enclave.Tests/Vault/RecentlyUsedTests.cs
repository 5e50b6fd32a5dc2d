namespace VaultGrid.Enclave.Tests;

public sealed class RecentlyUsedTests
{
    [Fact]
    public void It_holds_what_it_may_and_keeps_what_is_used()
    {
        var used = new RecentlyUsed<int, byte[]>(capacity: 100, value => value.Length);
        used.Add(0, new byte[10]);
        for (var n = 1; n < 50; n++)
        {
            used.Add(n, new byte[10]);
            Assert.NotNull(used.Find(0));
            Assert.InRange(used.Count, 1, 10);
        }

        Assert.NotNull(used.Find(49));
        Assert.Null(used.Find(1));
        used.Clear();
        Assert.Equal((null, 0), (used.Find(49), used.Count));
    }

    [Fact]
    public void One_that_is_heavier_than_all_is_held_alone()
    {
        var used = new RecentlyUsed<int, byte[]>(capacity: 10, value => value.Length);
        used.Add(1, new byte[1000]);
        used.Add(2, new byte[1000]);
        used.Add(3, new byte[1000]);
        Assert.NotNull(used.Find(3));
        Assert.InRange(used.Count, 1, 2);
    }
}
