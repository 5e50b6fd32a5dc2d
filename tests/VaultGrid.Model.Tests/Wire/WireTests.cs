using VaultGrid.Model.Wire;

namespace VaultGrid.Model.Tests;

public sealed class WireTests
{
    [Fact]
    public void What_was_written_reads_back_the_same()
    {
        var time = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        var bytes = new WireWriter().U8(1).U32(2).U64(3).Time(time).Bytes([4, 5]).Text("grün").List<byte>([6, 7], (to, item) => to.U8(item)).ToArray();

        var reader = new WireReader(bytes);
        Assert.Equal((1, 2u, 3ul, time), (reader.U8(), reader.U32(), reader.U64(), reader.Time()));
        Assert.Equal([4, 5], reader.Bytes(2).ToArray());
        Assert.Equal("grün", reader.Text(10));
        Assert.Equal([6, 7], reader.List(2, (ref WireReader from) => from.U8()));
        Assert.True(reader.End("it", out _));
    }

    [Fact]
    public void Integers_are_big_endian_and_lengths_have_32_bits() => Assert.Equal(
        [0, 0, 0, 2, 0, 0, 0, 1, 9], new WireWriter().U32(2).Bytes([9]).ToArray());

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = new WireWriter().U8(1).U32(2).Bytes([4, 5, 6]).U64(9).ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            var reader = new WireReader(bytes.AsSpan(0, length));
            _ = reader.U8();
            _ = reader.U32();
            _ = reader.Bytes(10);
            _ = reader.U64();
            Assert.False(reader.End("it", out var refusal));
            Assert.Equal(RefusalCode.InputMalformed, refusal.Code);
        }
    }

    [Fact]
    public void Bytes_left_over_are_refused()
    {
        var reader = new WireReader([1, 2]);
        _ = reader.U8();
        Assert.False(reader.End("it", out _));
    }

    [Fact]
    public void A_length_beyond_the_limit_takes_no_memory()
    {
        var reader = new WireReader([0xFF, 0xFF, 0xFF, 0xFF, 1]);
        Assert.True(reader.Bytes(16).IsEmpty);
        Assert.False(reader.End("it", out _));

        var list = new WireReader([0x7F, 0xFF, 0xFF, 0xFF]);
        Assert.Empty(list.List(16, (ref WireReader from) => from.U8()));
        Assert.False(list.End("it", out _));
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        var reader = new WireReader([0, 0, 0, 1, 0xFF]);
        Assert.Equal("", reader.Text(8));
        Assert.False(reader.End("it", out _));
    }

    [Fact]
    public void A_time_after_the_year_9999_is_refused()
    {
        var reader = new WireReader(new WireWriter().U64(ulong.MaxValue).Written);
        _ = reader.Time();
        Assert.False(reader.End("it", out _));
    }
}
