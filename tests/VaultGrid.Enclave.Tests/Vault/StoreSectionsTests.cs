using static VaultGrid.Enclave.StoreSections;

namespace VaultGrid.Enclave.Tests;

public sealed class StoreSectionsTests
{
    [Fact]
    public void Sections_come_back_and_absent_ones_are_empty()
    {
        var writer = new WireWriter();
        new StoreSections().With(Versioned.WrapKeys, new byte[] { 1, 2, 3 }).Write(writer);

        var read = Read(writer.ToArray(), out var failed);

        Assert.False(failed);
        Assert.Equal([1, 2, 3], read[Versioned.WrapKeys].ToArray());
        Assert.True(new StoreSections()[Versioned.WrapKeys].IsEmpty);
    }

    [Fact]
    public void An_empty_section_is_not_written()
    {
        var writer = new WireWriter();
        new StoreSections().With(Versioned.WrapKeys, default).Write(writer);
        Assert.Equal([0, 0, 0, 0], writer.ToArray());
    }

    [Theory]
    [InlineData("00000001" + "00" + "00000001" + "aa")]
    [InlineData("00000001" + "09" + "00000001" + "aa")]
    [InlineData("00000001" + "01" + "00000000")]
    [InlineData("00000002" + "01" + "00000001" + "aa" + "01" + "00000001" + "bb")]
    [InlineData("00000002" + "02" + "00000001" + "aa" + "01" + "00000001" + "bb")]
    [InlineData("00000001" + "01" + "00000002" + "aa")]
    public void Sections_that_are_unknown_empty_repeated_out_of_order_or_cut_fail(string hex)
    {
        Read(Convert.FromHexString(hex), out var failed);
        Assert.True(failed);
    }

    private static StoreSections Read(byte[] bytes, out bool failed)
    {
        var reader = new WireReader(bytes);
        var sections = StoreSections.Read(ref reader, last: 8);
        failed = reader.Failed;
        return sections;
    }
}
