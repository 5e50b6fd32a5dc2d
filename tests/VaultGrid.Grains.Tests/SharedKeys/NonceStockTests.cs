using VaultGrid.Grains.SharedKeys;

namespace VaultGrid.Grains.Tests.SharedKeys;

/// <summary>Prepared sessions are for whom their signers may answer: a call names its clusters, and holders elsewhere refuse it.</summary>
public sealed class NonceStockTests
{
    [Fact]
    public void A_session_of_holders_that_the_call_is_not_for_stays_for_others()
    {
        var stock = new NonceStock(TimeProvider.System);
        var (far, near) = (Crew("1/1", "2/1"), Crew("1/2", "1/3"));
        stock.Add(far);
        stock.Add(near);
        Assert.Same(near, stock.Take(_ => false, node => node.Cluster.Number == 1));
        Assert.Null(stock.Take(_ => false, node => node.Cluster.Number == 1));
        Assert.Same(far, stock.Take(_ => false, _ => true));
        Assert.Equal(0, stock.Count);
    }

    [Fact]
    public void What_is_too_old_or_has_a_signer_in_disgrace_is_dropped()
    {
        var stock = new NonceStock(TimeProvider.System);
        stock.Add(Crew("1/1", "1/2") with { Until = DateTimeOffset.UnixEpoch });
        stock.Add(Crew("1/3", "1/4"));
        Assert.Null(stock.Take(node => node == NodeId.Parse("1/4"), _ => true));
        Assert.Equal(0, stock.Count);
    }

    private static PreparedCrew Crew(params string[] nodes) => new(
        new SessionPlan("frost", 1, default, default, 1, SessionPurpose.Presign, default, []), [.. nodes.Select(NodeId.Parse)], [], DateTimeOffset.MaxValue);
}
