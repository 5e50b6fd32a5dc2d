using System.Runtime.InteropServices;

namespace VaultGrid.Enclave.Tests;

/// <summary>Runs a system-call filter as the kernel would (classic BPF, as far as filters of ours use it).</summary>
internal static class FilterMachine
{
    public const uint Allow = 0x7fff_0000;
    public const uint Kill = 0x8000_0000;

    public static uint Errno(uint number) => 0x0005_0000 | number;

    public static uint Run(IReadOnlyList<SeccompProgram.Instruction> program, Architecture architecture, uint number, uint argument)
    {
        uint accumulator = 0;
        for (var at = 0; ; at++)
        {
            var (code, ifTrue, ifFalse, operand) = program[at];
            switch (code)
            {
                case 0x20:
                    accumulator = operand switch
                    {
                        0 => number,
                        4 => architecture == Architecture.X64 ? 0xC000_003E : 0xC000_00B7,
                        16 => argument,
                        _ => throw new InvalidOperationException($"loads at {operand}"),
                    };
                    break;
                case 0x15:
                    at += accumulator == operand ? ifTrue : ifFalse;
                    break;
                case 0x35:
                    at += accumulator >= operand ? ifTrue : ifFalse;
                    break;
                case 0x45:
                    at += (accumulator & operand) != 0 ? ifTrue : ifFalse;
                    break;
                case 0x06:
                    return operand;
                default:
                    throw new InvalidOperationException($"code {code:x}");
            }
        }
    }
}
