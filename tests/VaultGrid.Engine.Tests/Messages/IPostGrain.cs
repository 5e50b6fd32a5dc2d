namespace VaultGrid.Engine.Tests.Messages;

[Alias("vg.test.post.v1")]
public interface IPostGrain : IGrainWithGuidKey
{
    /// <summary>Changes what it got and keeps it.</summary>
    [Alias("Keep")]
    Task<Parcel> Keep(Parcel parcel, string go);

    [Alias("Kept")]
    Task<Parcel> Kept();

    [Alias("Echo")]
    Task<Sealed> Echo(Sealed message);

    [Alias("Identity")]
    Task<int> Identity(Sealed message);

    [Alias("SameTwice")]
    Task<bool> SameTwice(List<Parcel> parcels);

    [Alias("Refuse")]
    Task Refuse(string kind);

    [Alias("Context")]
    Task<string?> Context(string key, string set);

    [Alias("ContextBehind")]
    Task<string?> ContextBehind(Guid next, string key);
}
