#pragma warning disable CA1012, CA1051 // These declarations are wrong on purpose: the rules must find every mistake in them.
using Orleans.Concurrency;

namespace VaultGrid.Engine.Tests.Contracts;

public interface IMistakeGrain : IGrainWithStringKey
{
    [Alias("vg.test.mistake.twice")]
    Task<MistakenMessage> First(out int mistake);

    [Alias("vg.test.mistake.twice")]
    int Second<T>();
}

[GenerateSerializer]
public sealed class MistakenMessage
{
    [Id(0)]
    public UncodedMistake? First;

    [Id(0)]
    public int Second;

    public int Third;
}

public enum NumberedMistake
{
    [Id(0)] None = 0,
}

public sealed class UncodedMistake;

public abstract class MistakenGrain : Grain
{
    private readonly IPersistentState<MistakenMessage> _stored;

    public MistakenGrain([PersistentState("mistake", "elsewhere")] IPersistentState<MistakenMessage> stored) => _stored = stored;

    public MistakenMessage State => _stored.State;

    [AlwaysInterleave]
    public Task Interleaved() => Task.CompletedTask;
}

public abstract class OtherMistakenGrain : Grain
{
    private readonly IPersistentState<MistakenMessage> _stored;

    public OtherMistakenGrain([PersistentState("mistake")] IPersistentState<MistakenMessage> stored) => _stored = stored;

    public MistakenMessage State => _stored.State;
}
