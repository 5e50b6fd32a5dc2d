using System.Text;
using VaultGrid.Crypto;

namespace VaultGrid.Model.Tests;

public sealed class MembershipRecordTests
{
    [Fact]
    public void The_encoding_is_stable() => Assert.Equal(
        """{"cluster":"1","nodes":["1","2","3"],"number":"1","predecessor":"none","r":"2","v":1,"w":"1"}""", Encoding.UTF8.GetString(Record(1, 2, 3).ToUtf8()));

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(5, 1, 4)]
    public void The_recommended_witnesses_reach_the_whole_cluster(int nodes, int write, int read)
    {
        Assert.Equal((write, read), MembershipRecord.Witnesses(nodes));
        var record = Record([.. Enumerable.Range(1, nodes).Select(n => (uint)n)]);
        Assert.Equal(record, MembershipRecord.Parse(record.ToUtf8()).Value);
    }

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    private static Dictionary<string, Func<MembershipRecord, MembershipRecord>> Faults => new()
    {
        ["no nodes"] = record => record with { Nodes = [] },
        ["nodes out of order"] = record => record with { Nodes = [2, 1, 3] },
        ["a node twice"] = record => record with { Nodes = [1, 1, 2] },
        ["too few witnesses"] = record => record with { ReadWitnesses = 1 },
        ["more witnesses than others"] = record => record with { WriteWitnesses = 3 },
        ["no write witness"] = record => record with { WriteWitnesses = 0 },
        ["first with a predecessor"] = record => record with { Predecessor = Hash256.Of("test", []) },
        ["second without one"] = record => record with { Number = 2 },
    };

    [Theory, MemberData(nameof(FaultNames))]
    public void A_record_that_guards_nothing_is_refused(string fault) =>
        Assert.Equal(RefusalCode.InputMalformed, MembershipRecord.Parse(Faults[fault](Record(1, 2, 3)).ToUtf8()).Refusal?.Code);

    private static MembershipRecord Record(params uint[] nodes)
    {
        var (write, read) = MembershipRecord.Witnesses(nodes.Length);
        return new() { Cluster = new(1), Number = 1, Predecessor = null, Nodes = [.. nodes], WriteWitnesses = write, ReadWitnesses = read };
    }
}
