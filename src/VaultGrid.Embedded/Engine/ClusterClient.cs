using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace VaultGrid.Embedded.Engine;

internal sealed class ClusterClient(GrainEngine engine) : IClusterClient
{
    public IServiceProvider ServiceProvider => engine.Services;

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey =>
        (TGrainInterface)Reference(typeof(TGrainInterface), Key(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)Reference(typeof(TGrainInterface), Key(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)Reference(typeof(TGrainInterface), Key(primaryKey), grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) =>
        (IGrain)Reference(grainInterfaceType, Key(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) =>
        (IGrain)Reference(grainInterfaceType, Key(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)Reference(grainInterfaceType, Key(grainPrimaryKey), null);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        (TGrainInterface)engine.References.Create(typeof(TGrainInterface), grainId);

    private static string Key(Guid key) => key.ToString("N");

    // Orleans writes integer keys in upper-case hexadecimal.
    private static string Key(long key) => key.ToString("X", CultureInfo.InvariantCulture);

    private static string Key(string key) => string.IsNullOrEmpty(key)
        ? throw new ArgumentException("A grain's key is not empty.", nameof(key))
        : key;

    private object Reference(Type interfaceType, string key, string? prefix) =>
        engine.References.Create(interfaceType, GrainId.Create(engine.Classes.Implementing(interfaceType, prefix).GrainType, key));
}
