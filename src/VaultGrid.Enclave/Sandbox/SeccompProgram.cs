using System.Runtime.InteropServices;

namespace VaultGrid.Enclave;

/// <summary>
/// The filter as a program of classic BPF (seccomp(2), linux/filter.h): it loads the call's number and compares it with each allowed one. Built, not
/// interpreted here: pure, so that a test can run it.
/// </summary>
internal static class SeccompProgram
{
    private const ushort Load = 0x20, JumpIfEqual = 0x15, JumpIfSet = 0x45, JumpIfAtLeast = 0x35, Return = 0x06;

    // struct seccomp_data { int nr; __u32 arch; __u64 instruction_pointer; __u64 args[6]; }, of an argument the lower half.
    private const uint NumberAt = 0, ArchitectureAt = 4, FirstArgumentAt = 16;
    private const uint Allow = 0x7fff_0000, KillProcess = 0x8000_0000, Fail = 0x0005_0000;
    private const uint NotPermitted = 1, NoSuchCall = 38, NoSuchFamily = 97;
    private const uint CloneThread = 0x0001_0000;
    private const uint X32 = 0x4000_0000;

    // From futex_waitv on; the numbers of newer calls are the same on every architecture.
    private const uint Newer = 449;

    /// <summary>AF_UNIX, AF_INET, AF_INET6.</summary>
    private const uint Unix = 1, Internet = 2, InternetSix = 10;

    /// <summary>struct sock_filter { __u16 code; __u8 jt; __u8 jf; __u32 k; }</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand);

    /// <summary>The program for an architecture; null where its numbers aren't known here.</summary>
    /// <param name="architecture">What the process runs on.</param>
    /// <param name="isNetworked">True where an HSM's library has to reach its device over the network.</param>
    public static Instruction[]? For(Architecture architecture, bool isNetworked) => architecture switch
    {
        // linux/audit.h: AUDIT_ARCH_X86_64, AUDIT_ARCH_AARCH64.
        Architecture.X64 => Build(0xC000_003E, call => call.X64, isNetworked),
        Architecture.Arm64 => Build(0xC000_00B7, call => call.Arm64, isNetworked),
        _ => null,
    };

    private static Instruction[] Build(uint architecture, Func<SystemCall, int> number, bool isNetworked)
    {
        List<Instruction> program =
        [
            new(Load, 0, 0, ArchitectureAt),
            new(JumpIfEqual, 1, 0, architecture),
            new(Return, 0, 0, KillProcess),
            new(Load, 0, 0, NumberAt),

            // The x32 numbers of x86-64 would pass by every comparison.
            new(JumpIfAtLeast, 0, 1, X32),
            new(Return, 0, 0, KillProcess),
        ];
        foreach (var call in AllowedCalls.Always.Where(call => number(call) >= 0))
        {
            program.Add(new(JumpIfEqual, 0, 1, (uint)number(call)));
            program.Add(new(Return, 0, 0, Allow));
        }

        program.AddRange([new(JumpIfEqual, 0, 1, (uint)number(AllowedCalls.CloneThree)), new(Return, 0, 0, Fail | NoSuchCall)]);
        program.AddRange(
        [
            new(JumpIfEqual, 0, 4, (uint)number(AllowedCalls.Clone)),
            new(Load, 0, 0, FirstArgumentAt),
            new(JumpIfSet, 0, 1, CloneThread),
            new(Return, 0, 0, Allow),
            new(Return, 0, 0, Fail | NotPermitted),
        ]);
        uint[] families = isNetworked ? [Unix, Internet, InternetSix] : [Unix];
        foreach (var call in AllowedCalls.Sockets)
        {
            program.Add(new(JumpIfEqual, 0, (byte)(2 + (2 * families.Length)), (uint)number(call)));
            program.Add(new(Load, 0, 0, FirstArgumentAt));
            foreach (var family in families) program.AddRange([new(JumpIfEqual, 0, 1, family), new(Return, 0, 0, Allow)]);
            program.Add(new(Return, 0, 0, Fail | NoSuchFamily));
        }

        // A C library newer than the table tries newer calls first, and falls back where they are unknown.
        program.AddRange([new(JumpIfAtLeast, 0, 1, Newer), new(Return, 0, 0, Fail | NoSuchCall), new(Return, 0, 0, Fail | NotPermitted)]);
        return [.. program];
    }
}
