using System.Numerics;

namespace VaultGrid.Crypto;

/// <summary>
/// Keccak-f[1600] (FIPS 202, section 3): 24 rounds of θ, ρ, π, χ, ι over 25 lanes of 64 bits. Lane (x, y) stands at index x + 5y.
/// Branches and indexes depend on nothing but the round number, so the time tells nothing of the state.
/// </summary>
internal static class KeccakPermutation
{
    /// <summary>Number of 64-bit lanes in the state.</summary>
    internal const int Lanes = 25;

    // ι: the round constants, which the linear feedback shift register of section 3.2.5 produces.
    private static readonly ulong[] RoundConstants =
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
        0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    // ρ and π follow one orbit: starting from lane (1, 0), step t moves a lane to (y, 2x + 3y) and turns it by (t + 1)(t + 2)/2 bits.
    private static ReadOnlySpan<byte> Orbit => [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

    private static ReadOnlySpan<byte> Rotation => [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];

    internal static void Apply(Span<ulong> state)
    {
        // One check here instead of one at every lane below.
        state = state[..Lanes];
        Span<ulong> row = stackalloc ulong[5];

        foreach (var constant in RoundConstants)
        {
            // θ: every lane takes in the parities of the column to its left and of the turned column to its right.
            for (var x = 0; x < 5; x++) row[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
            for (var x = 0; x < 5; x++)
            {
                var parity = row[(x + 4) % 5] ^ BitOperations.RotateLeft(row[(x + 1) % 5], 1);
                for (var y = 0; y < Lanes; y += 5) state[x + y] ^= parity;
            }

            // ρ, π: lane (0, 0) stays; the other 24 move along their single orbit.
            var moving = state[1];
            for (var t = 0; t < Orbit.Length; t++)
            {
                var lane = Orbit[t];
                (moving, state[lane]) = (state[lane], BitOperations.RotateLeft(moving, Rotation[t]));
            }

            // χ: the only step that is not linear.
            for (var y = 0; y < Lanes; y += 5)
            {
                state.Slice(y, 5).CopyTo(row);
                for (var x = 0; x < 5; x++) state[x + y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
            }

            // ι
            state[0] ^= constant;
        }

        row.Clear();
    }
}
