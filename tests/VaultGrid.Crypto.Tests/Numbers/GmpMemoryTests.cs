using System.Runtime.InteropServices;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto.Tests;

[Collection(nameof(LockedMemoryTests))]
public sealed class GmpMemoryTests
{
    [Fact]
    public void Limbs_lie_in_locked_pages_and_are_wiped()
    {
        // The second number of the same size keeps the pages mapped.
        var (number, limbs) = Number();
        var (neighbour, others) = Number();
        while (!Map(limbs).Contains(others))
        {
            (number, limbs) = (neighbour, others);
            (neighbour, others) = Number();
        }
        Assert.Contains("lo", Map(limbs).Flags);
        Assert.Contains("dd", Map(limbs).Flags);
        Assert.Equal(0x1111111111111111, Marshal.ReadInt64(limbs));

        number.Dispose();

        for (var i = 0; i < 48; i++) Assert.Equal(0, Marshal.ReadInt64(limbs, i * 8));
        neighbour.Dispose();
    }

    private static (MpzHandle Number, nint Limbs) Number()
    {
        var number = new MpzHandle();
        Gmp.Import(number, 384, 1, 1, 1, 0, Enumerable.Repeat((byte)0x11, 384).ToArray());
        return (number, Marshal.ReadIntPtr(number.DangerousGetHandle(), 8)); // mpz_t: two ints, then the limbs
    }

    private static MemoryMap Map(nint address) => MemoryMap.Read().Single(map => map.Contains(address));
}
