using VaultGrid.Silo.Engine.Placement;

namespace VaultGrid.Engine.Tests.Placement;

/// <summary>A silo's name tells which enclaves it has, whatever else is in it.</summary>
public sealed class AttachedEnclavesTests
{
    [Theory]
    [InlineData("a", "1/1", true)]
    [InlineData("a", "1/12", true)]
    [InlineData("a", "1/2", false)]
    [InlineData("a", "", false)]
    [InlineData("1/2@rack", "1/2", false)]
    [InlineData("1/2@rack", "1/1", true)]
    public void A_name_lists_the_enclaves_that_were_put_into_it_and_no_others(string name, string enclave, bool listed) =>
        Assert.Equal(listed, AttachedEnclaves.Lists(AttachedEnclaves.SiloName(name, ["1/1", "1/12"]), enclave));

    [Fact]
    public void A_silo_without_enclaves_and_a_name_of_another_kind_list_none()
    {
        Assert.False(AttachedEnclaves.Lists(AttachedEnclaves.SiloName("a", []), "1/1"));
        Assert.False(AttachedEnclaves.Lists("1/1", "1/1"));
        Assert.False(AttachedEnclaves.Lists(null, "1/1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1/1,1/2")]
    [InlineData("1/1@2")]
    public void What_is_no_key_of_an_enclave_is_refused(string key) => Assert.Throws<ArgumentException>(() => AttachedEnclaves.SiloName("a", [key]));
}
