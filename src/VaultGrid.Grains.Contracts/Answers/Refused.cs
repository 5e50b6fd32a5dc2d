namespace VaultGrid.Grains;

/// <summary>A <see cref="Refusal"/> as it travels between grains.</summary>
/// <param name="Code">The code's stable name, such as <c>state.stale</c>.</param>
/// <param name="Detail">The sentence for people.</param>
[GenerateSerializer, Immutable, Alias("vg.answer.refused.v1")]
public sealed record Refused([property: Id(0)] string Code, [property: Id(1)] string Detail)
{
    /// <summary>Packs a refusal.</summary>
    public static Refused Of(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new Refused(refusal.Code.Name(), refusal.Detail);
    }

    /// <summary>Unpacks it; a code that this version does not know becomes <c>grid.unavailable</c>.</summary>
    public Refusal ToRefusal() => RefusalCodes.TryParse(Code, out var code)
        ? new Refusal(code, Detail)
        : new Refusal(RefusalCode.GridUnavailable, $"a newer part of the grid refused with '{Code}': {Detail}");
}
