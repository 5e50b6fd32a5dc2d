namespace VaultGrid.Model.Tests;

public sealed class RequestIdTests
{
    [Fact]
    public void An_id_of_a_time_is_a_version_7_uuid_with_the_milliseconds_in_front()
    {
        // The example of RFC 9562, appendix A.6.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(0x017F22E279B0);
        var random = Convert.FromHexString("0000000000000CC318C4DC0C0C07398F");
        Assert.Equal("017f22e2-79b0-7cc3-98c4-dc0c0c07398f", RequestId.At(now, random).ToString());
    }

    [Fact]
    public void Ids_of_later_times_sort_after_those_of_earlier_ones()
    {
        byte[] high = [.. Enumerable.Repeat((byte)0xff, 16)], low = new byte[16];
        var earlier = RequestId.At(DateTimeOffset.UnixEpoch.AddDays(20_000), high);
        var later = RequestId.At(DateTimeOffset.UnixEpoch.AddDays(20_000).AddMilliseconds(1), low);
        Assert.True(string.CompareOrdinal(earlier.ToString(), later.ToString()) < 0);
    }
}
