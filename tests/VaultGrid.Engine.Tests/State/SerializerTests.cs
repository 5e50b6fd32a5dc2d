using System.Text;
using VaultGrid.Engine.Tests.Messages;
using VaultGrid.Silo.Engine.State;

namespace VaultGrid.Engine.Tests.State;

public sealed class SerializerTests
{
    // Frozen: databases in the field hold these bytes.
    private const string Frozen =
        """{"vg":1,"state":{"0":42,"1":[["a",{"$":"vg.test.verdict.yes.v1","0":7}],["b",{"$":"vg.test.verdict.no.v1","0":"late"}]],"2":"AQID","3":{"0":"vault"}}}""";

    private static readonly GridStateSerializer Serializer = new([typeof(Account).Assembly]);

    [Fact]
    public void Stored_bytes_are_frozen_and_independent_of_insertion_order()
    {
        Assert.Equal(Frozen, Text(Serializer.Serialize(Example("a", "b"))));
        Assert.Equal(Frozen, Text(Serializer.Serialize(Example("b", "a"))));
    }

    [Fact]
    public void Frozen_bytes_are_read_as_what_was_written()
    {
        var read = Serializer.Deserialize<Account>(BinaryData.FromString(Frozen))!;
        Assert.Equal((42, new Verdict.Yes(7), new Verdict.No("late")), (read.Balance, read.Verdicts["a"], read.Verdicts["b"]));
        Assert.Equal([1, 2, 3], read.Key);
        Assert.Equal(new Place("vault"), read.Place);
    }

    [Fact]
    public void A_member_that_is_missing_keeps_its_default()
    {
        var read = Serializer.Deserialize<Account>(BinaryData.FromString("""{"vg":1,"state":{"0":5}}"""))!;
        Assert.Equal(5, read.Balance);
        Assert.Empty(read.Verdicts);
        Assert.Null(read.Place);
    }

    [Theory]
    [InlineData("""{"vg":2,"state":{"0":5}}""")]
    [InlineData("""{"vg":1,"state":{"0":5,"9":1}}""")]
    [InlineData("""{"vg":1,"state":{"0":"five"}}""")]
    [InlineData("""{"vg":1,"state":{"1":[["a",{"$":"vg.test.place.v1","0":"x"}]]}}""")]
    [InlineData("""{"vg":1,"state":{"1":[["a",{"$":"nobody"}]]}}""")]
    [InlineData("""{"vg":1,"state":{"1":[["a"]]}}""")]
    [InlineData("""{"vg":1,"state":{"2":"not base64!"}}""")]
    [InlineData("""{"vg":1,"state":{"0":5}""")]
    [InlineData("""{"state":{"0":5}}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void What_is_not_understood_is_refused(string stored) =>
        Assert.Throws<StateFormatException>(() => Serializer.Deserialize<Account>(BinaryData.FromString(stored)));

    [Fact]
    public void A_type_without_annotations_can_not_be_stored() =>
        Assert.Throws<NotSupportedException>(() => Serializer.Serialize(new StringBuilder()));

    private static string Text(BinaryData data) => Encoding.UTF8.GetString(data);

    private static Account Example(params string[] order)
    {
        var account = new Account { Balance = 42, Key = [1, 2, 3], Place = new Place("vault") };
        foreach (var name in order)
        {
            account.Verdicts.Add(name, name == "a" ? new Verdict.Yes(7) : new Verdict.No("late"));
        }

        return account;
    }
}
