using System.Globalization;

namespace VaultGrid.Protocols;

/// <summary>A party's place in a sharing: 1 to 255, the point at which its polynomial is evaluated. 0 is the secret's own place and belongs to nobody.</summary>
public readonly record struct PartyIndex : IComparable<PartyIndex>
{
    /// <param name="value">1 to 255.</param>
    public PartyIndex(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, byte.MaxValue);
        Value = (byte)value;
    }

    /// <summary>1 to 255.</summary>
    public byte Value { get; }

    public static bool operator <(PartyIndex left, PartyIndex right) => left.Value < right.Value;

    public static bool operator >(PartyIndex left, PartyIndex right) => left.Value > right.Value;

    public static bool operator <=(PartyIndex left, PartyIndex right) => left.Value <= right.Value;

    public static bool operator >=(PartyIndex left, PartyIndex right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public int CompareTo(PartyIndex other) => Value.CompareTo(other.Value);

    /// <summary>The number.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
