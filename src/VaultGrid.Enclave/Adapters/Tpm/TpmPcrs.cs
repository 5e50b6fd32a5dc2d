using System.Globalization;

namespace VaultGrid.Enclave;

/// <summary>A choice of platform configuration registers, 0 to 23, of the SHA-256 bank. At least one.</summary>
internal readonly record struct TpmPcrs
{
    private const int Count = 24;

    private TpmPcrs(uint mask) => Mask = mask;

    /// <summary>Bit n for register n.</summary>
    public uint Mask { get; }

    /// <summary>Reads a list as <c>0,2,7</c>; null where it isn't one.</summary>
    public static TpmPcrs? Parse(string text)
    {
        uint mask = 0;
        foreach (var part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var register) || register >= Count) return null;
            if ((mask & (1u << register)) != 0) return null;
            mask |= 1u << register;
        }

        return new TpmPcrs(mask);
    }

    /// <summary>From a store's parameters; null for no or unknown registers.</summary>
    public static TpmPcrs? FromMask(uint mask) => mask is > 0 and < 1 << Count ? new TpmPcrs(mask) : null;

    /// <summary>Each register alone.</summary>
    public IEnumerable<TpmPcrs> Each()
    {
        for (var register = 0; register < Count; register++)
        {
            if ((Mask & (1u << register)) != 0) yield return new TpmPcrs(1u << register);
        }
    }

    /// <summary>The list.</summary>
    public override string ToString()
    {
        var mask = Mask;
        return string.Join(',', Enumerable.Range(0, Count).Where(register => (mask & (1u << register)) != 0));
    }
}
