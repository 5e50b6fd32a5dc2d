using System.Runtime.CompilerServices;
using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Messages;

public sealed class MessageTests(SharedEngine engine)
{
    private IPostGrain Grain => engine.Grains.GetGrain<IPostGrain>(Guid.NewGuid());

    [Fact]
    public async Task What_caller_and_grain_do_to_a_message_stays_with_each_of_them()
    {
        var (key, grain) = (SharedEngine.NewKey(), Grain);
        var sent = new Parcel { Lines = ["sent"], Bytes = [1, 2], Inner = new Parcel { Lines = ["inner"] } };
        var call = grain.Keep(sent, key);
        await engine.Stage.Until("in:" + key);
        sent.Lines.Add("changed after sending");
        sent.Bytes[0] = 9;
        sent.Inner.Lines.Clear();
        engine.Stage.Reach("go:" + key);

        var answer = await call;
        Assert.Equal(["sent", "changed after sending"], sent.Lines);
        Assert.Equal(["sent", "seen"], answer.Lines);
        Assert.Equal([1, 2], answer.Bytes);
        Assert.Equal(["inner"], answer.Inner!.Lines);

        answer.Lines.Clear();
        Assert.Equal(["sent", "seen"], (await grain.Kept()).Lines);
    }

    [Fact]
    public async Task An_immutable_message_is_not_copied_inside_a_process()
    {
        var message = Message();
        Assert.Equal(RuntimeHelpers.GetHashCode(message), await Grain.Identity(message));
    }

    [Fact]
    public async Task Records_hierarchies_surrogates_and_tuples_arrive_as_they_were_sent()
    {
        var (sent, back) = (Message(), await Grain.Echo(Message()));
        Assert.Equal((sent.Text, sent.Place, sent.At, sent.Took, sent.Pair), (back.Text, back.Place, back.At, back.Took, back.Pair));
        Assert.Equal(sent.Bytes, back.Bytes);
        Assert.Equal(sent.Verdicts, back.Verdicts);
    }

    [Fact]
    public async Task An_object_that_is_sent_twice_in_one_message_arrives_once()
    {
        var parcel = new Parcel();
        Assert.True(await Grain.SameTwice([parcel, parcel]));
        Assert.False(await Grain.SameTwice([parcel, new Parcel()]));
    }

    private static Sealed Message() => new(
        "text", [1, 2, 3], [new Verdict.Yes(3), new Verdict.No("late")], new Place("here"), DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(2), (7, "r"));
}
