using System.Globalization;

namespace VaultGrid.Crypto.Tests;

/// <summary>One mapping of /proc/self/smaps.</summary>
internal sealed record MemoryMap(nint Start, nint End, string Permissions)
{
    public string[] Flags { get; private set; } = [];

    public bool Contains(nint address) => address >= Start && address < End;

    public static List<MemoryMap> Read()
    {
        var maps = new List<MemoryMap>();
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "VmFlags:") maps[^1].Flags = words[1..];
            else if (!words[0].EndsWith(':'))
            {
                var range = words[0].Split('-');
                maps.Add(new(Address(range[0]), Address(range[1]), words[1]));
            }
        }
        return maps;
    }

    private static nint Address(string hex) => nint.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
