using Orleans.Serialization;
using VaultGrid.Silo.Engine;
using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Messages;

public sealed class ExceptionTests(SharedEngine engine)
{
    private IPostGrain Grain => engine.Grains.GetGrain<IPostGrain>(Guid.NewGuid());

    [Fact]
    public async Task An_annotated_exception_reaches_the_caller_with_its_type_message_and_members()
    {
        var thrown = await Assert.ThrowsAsync<RefusedException>(() => Grain.Refuse("refused"));
        Assert.Equal(("refused: too-late", "too-late", 409), (thrown.Message, thrown.Code, thrown.Status));
    }

    [Fact]
    public async Task The_frameworks_exceptions_keep_their_types()
    {
        Assert.Equal("not now", (await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.Refuse("state"))).Message);
        await Assert.ThrowsAsync<ArgumentException>(() => Grain.Refuse("argument"));
    }

    [Fact]
    public async Task An_exception_without_annotations_is_not_to_be_relied_on()
    {
        // Orleans passes it on inside a process and replaces it as soon as a call crosses one; the embedded engine always does.
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => Grain.Refuse("unannotated"));
        Assert.True(thrown is CodecNotFoundException || EngineName.Current == "orleans", thrown.ToString());
    }

    [Fact]
    public async Task A_grain_works_on_after_it_has_thrown()
    {
        var grain = Grain;
        await Assert.ThrowsAsync<RefusedException>(() => grain.Refuse("refused"));
        Assert.Empty((await grain.Kept()).Lines);
    }
}
