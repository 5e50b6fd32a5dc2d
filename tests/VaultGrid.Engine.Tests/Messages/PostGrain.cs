using System.Runtime.CompilerServices;
using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Messages;

public sealed class PostGrain(Stage stage) : Grain, IPostGrain
{
    private Parcel _kept = new();

    public async Task<Parcel> Keep(Parcel parcel, string go)
    {
        stage.Reach("in:" + go);
        await stage.Until("go:" + go);
        parcel.Lines.Add("seen");
        _kept = parcel;
        return parcel;
    }

    public Task<Parcel> Kept() => Task.FromResult(_kept);

    public Task<Sealed> Echo(Sealed message) => Task.FromResult(message);

    public Task<int> Identity(Sealed message) => Task.FromResult(RuntimeHelpers.GetHashCode(message));

    public Task<bool> SameTwice(List<Parcel> parcels) => Task.FromResult(ReferenceEquals(parcels[0], parcels[1]));

    public Task Refuse(string kind) => throw (kind switch
    {
        "refused" => new RefusedException("too-late", 409),
        "state" => new InvalidOperationException("not now"),
        "argument" => new ArgumentException("not this", nameof(kind)),
        _ => new UnannotatedException("hidden"),
    });

    public Task<string?> Context(string key, string set)
    {
        var found = RequestContext.Get(key) as string;
        RequestContext.Set(key, set);
        return Task.FromResult(found);
    }

    public async Task<string?> ContextBehind(Guid next, string key)
    {
        var seen = await GrainFactory.GetGrain<IPostGrain>(next).Context(key, "changed below");
        return $"{seen}, then {RequestContext.Get(key)}";
    }
}
