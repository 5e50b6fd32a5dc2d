using System.Collections.Immutable;

namespace VaultGrid.Model.Json;

/// <summary>What a member of a canonical document can be.</summary>
internal abstract record CanonicalValue
{
    private CanonicalValue() { }

    public sealed record Text(string Value) : CanonicalValue;

    public sealed record Number(uint Value) : CanonicalValue;

    public sealed record Texts(ImmutableArray<string> Values) : CanonicalValue;
}
