using System.Globalization;
using Orleans.Runtime;
using VaultGrid.Embedded.Calls;

namespace Orleans;

/// <summary>The address of a grain, from a reference to it or from inside it.</summary>
public static class GrainExtensions
{
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReferenceProxy reference => reference.GrainId,
        IGrainBase self => self.GrainContext.GrainId,
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };

    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    public static long GetPrimaryKeyLong(this IAddressable grain) =>
        long.Parse(grain.GetGrainId().Key.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public static Guid GetPrimaryKey(this IAddressable grain) => Guid.ParseExact(grain.GetGrainId().Key.ToString(), "N");

    /// <summary>A reference to the same grain under another of its interfaces.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)grain.AsReference(typeof(TGrainInterface));

    /// <summary>A reference to the same grain under another of its interfaces.</summary>
    public static object AsReference(this IAddressable grain, Type interfaceType) => grain switch
    {
        GrainReferenceProxy reference => reference.As(interfaceType),
        IGrainBase self => ((VaultGrid.Embedded.Activations.Activation)self.GrainContext).ReferenceTo(interfaceType),
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };
}
